// How the page speaks with the stage: one function per door, JSON in and JSON out.

async function ask(path, options = {}) {
  const answer = await fetch(path, { cache: "no-store", ...options });
  let body = {};
  try {
    body = await answer.json();
  } catch {
    throw new Error(`${answer.status}`);
  }
  if (!answer.ok || body.ok === false) throw new Error(body.error || body.description || `${answer.status}`);
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const getState = () => ask("/stage/state");
export const getMessages = (chat, since) => ask(`/stage/messages?chat=${chat}&since=${since}`);
export const getLetters = (person, since) => ask(`/stage/whatsapp?person=${person}&since=${since}`);
export const getPost = () => ask("/stage/post");
export const getOutbox = (since) => ask(`/stage/outbox?since=${since}`);
export const turnClock = (how) => post("/stage/clock", how);
export const addFault = (fault) => post("/stage/faults", fault);
export const clearFaults = () => ask("/stage/faults", { method: "DELETE" });
export const resetStage = () => post("/stage/reset", {});
export const fileAddress = (id) => `/stage/file?id=${encodeURIComponent(id)}`;

// Everything a person does with a phone goes through this one door.
export const act = (person, chat, verb, more = {}) => post("/stage/act", { person, chat, do: verb, ...more });

export function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
