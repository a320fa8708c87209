// What can be attached: a contact, a place, a photo, a file, a voice; chosen from a menu, sent at once.

import { asBase64 } from "../stage/api.js";
import { fullName, world } from "../stage/store.js";
import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { openMenu } from "./menu.js";

const PLACES = [
  ["place-ala-too", 42.87589, 74.60368],
  ["place-kochkor", 42.2164, 75.7554],
  ["place-osh", 40.5283, 72.7985],
  ["place-karakol", 42.4907, 78.3936],
  ["place-naryn", 41.4287, 75.9911],
  ["place-almaty", 43.23895, 76.94537],
];

// act(verb, more) sends; layer is where menus rise
export function makeAttachments(person, layer, act) {
  const pick = (accept, send) => {
    const input = make("input", { type: "file", accept, hidden: true, "aria-hidden": "true", tabindex: "-1" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      input.remove();
      if (file) send(file, await asBase64(file));
    });
    input.addEventListener("cancel", () => input.remove());
    layer.append(input);
    input.click();
  };

  const photo = () => pick("image/*", (file, base64) => act("photo", { name: file.name, base64 }));
  const document = () =>
    pick(null, (file, base64) =>
      act("document", { name: file.name, mime: file.type || "application/octet-stream", base64 }),
    );
  const voice = () => pick("audio/*", (file, base64) => act("voice", { base64 }));

  const contacts = (from) =>
    openMenu(layer, {
      label: t("attach-contact"),
      from,
      items: [
        { words: t("attach-contact-own"), hint: person.phone, sign: "person", run: () => act("contact", { whose: person.id }) },
        ...world.people
          .filter((other) => other.id !== person.id)
          .map((other) => ({
            words: fullName(other),
            hint: other.phone,
            sign: "people",
            run: () => act("contact", { whose: other.id }),
          })),
        { words: t("attach-contact-stranger"), sign: "guide", run: () => act("contact", { whose: "stranger" }) },
      ],
    });

  const places = (from) =>
    openMenu(layer, {
      label: t("attach-location"),
      from,
      items: PLACES.map(([word, latitude, longitude]) => ({
        words: t(word),
        sign: "place",
        run: () => act("location", { latitude, longitude }),
      })),
    });

  const open = (from) =>
    openMenu(layer, {
      label: t("attach"),
      from,
      items: [
        { words: t("attach-photo"), sign: "photo", run: photo },
        { words: t("attach-file"), sign: "file", run: document },
        { words: t("attach-location"), sign: "place", run: () => places(from) },
        { words: t("attach-contact"), sign: "person", run: () => contacts(from) },
        { words: t("attach-voice"), sign: "voice", run: voice },
      ],
    });

  // A picture pasted or dropped into a chat goes as a photo, anything else as a file.
  const give = async (file) => {
    const base64 = await asBase64(file);
    if (file.type.startsWith("image/")) act("photo", { name: file.name, base64 });
    else act("document", { name: file.name, mime: file.type || "application/octet-stream", base64 });
  };

  return { open, places, give };
}
