"""Which buttons can be pressed? Every kind of press with samples of what rides on it."""

from dataclasses import MISSING, fields

from talk.press import Press

# A press with every field given, for each that cannot be pressed with its defaults. A new press without a line here
# fails the test below.
FULL = {
    "i": ["i:3", "i:24", "i:9999"],
    "if": ["if:3", "if:3", "if:9999"],
    "iu": ["iu:3", "iu:3", "iu:9999"],
    "ish": ["ish:3", "ish:9999"],
    "iq": ["iq:жол:", "iq:zzzz:"],
    "pf": [f"pf:{form}" for form in ("meetings", "hearings", "norms", "deputies")],
    "mls": ["mls:ru:is%3A", "mls:en:", "mls:ky:m", "mls:xx:"],
    "mns": ["mns:daily", "mns:never"],
    "no": [f"no:{topic}" for topic in ("announcements", "issues", "polls")],
    "nc": ["nc:issues:daily", "nc:issues:daily", "nc:issues:"],
    "nva": ["nva:1", "nva:1", "nva:9999"],
    "nvx": ["nvx:1", "nvx:9999"],
    "nq": ["nq:issue:3", "nq:issue:3", "nq:petition:9999", "nq:nothing:1"],
    "nu": ["nu:issue:3", "nu:proposal:9999", "nu:nothing:1"],
    "nw": ["nw:1", "nw:9999"],
    "or": ["or:1", "or:9999"],
    "oo": ["oo:1", "oo:9999"],
    "of": ["of:1:", "of:1:ru", "of:9999:xx"],
    "jo": ["jo:AAAAAAAA", "jo:"],
    "gky": ["gky:1123456", "gky:9999123456", "gky:"],
    "gkx": ["gkx:1", "gkx:9999"],
    "jn": ["jn:AAAAAAAA", "jn:"],
    "jx": ["jx:1", "jx:9999"],
    "ih": ["ih:3:", "ih:9999:4"],
    "if2": ["if2:3", "if2:9999"],
    "hc": ["hc:3:1", "hc:9999:1"],
    "hb": ["hb:3:1", "hb:9999:1"],
    "ki": ["ki:3", "ki:21", "ki:9999"],
    "kr": ["kr:3", "kr:3", "kr:9999"],
    "ku": ["ku:1:9999"],
    "kd": ["kd:3", "kd:9999"],
    "kw": ["kw:3", "kw:9999"],
    "kt": ["kt:21", "kt:3", "kt:9999"],
    "km": ["km:21", "km:3", "km:9999"],
    "kf": ["kf:3", "kf:9999"],
    "ko": ["ko:21", "ko:3", "ko:9999"],
    "kb": ["kb:21", "kb:3", "kb:9999"],
    "ksa": [f"ksa:{'a' * 16}:{'b' * 16}", "ksa:a:b", "ksa:%25:%25"],
    "ga": ["ga:1", "ga:9999"],
    "gb": ["gb:1", "gb:9999"],
    "gx": ["gx:1", "gx:1", "gx:9999"],
    "gu": ["gu:1", "gu:1", "gu:9999"],
    "gv": ["gv:1", "gv:9999"],
    "gw": ["gw:1", "gw:9999"],
    "qb": ["qb:1", "qb:9999"],
    "qv": ["qv:1:1:1", "qv:1:1:", "qv:9999:1:"],
    "qr": ["qr:1", "qr:9999"],
    "qa": ["qa:1", "qa:9999"],
    "qd": ["qd:1", "qd:9999"],
    "qp": ["qp:1", "qp:9999"],
    "qs": ["qs:1:1", "qs:9999:"],
    "q": ["q:1", "q:1:0", "q:9999:1"],
    "yo": ["yo:send-digests", "yo:nothing"],
    "ydo": ["ydo:1", "ydo:9999"],
    "yds": ["yds:1:0", "yds:0:1", "yds:1:9999"],
    "ydx": ["ydx:1:0:9", "ydx:0:1:0", "ydx:1:9999:0", "ydx:1:0:0"],
    "puc": [f"puc:{channel}" for channel in ("site", "board", "social", "event")],
    "pup": ["pup:board:ky", "pup:event:ru", "pup:site:ky", "pup:board:xx"],
    "pun": [f"pun:{channel}" for channel in ("site", "board", "social", "event")],
    "pul": ["pul:9999"],
    "pux": ["pux:9999"],
    "puk": ["puk:9999"],
    "pug": ["pug:9999:ru"],
    "puz": ["puz:9999"],
    "puw": ["puw:9999"],
    "puq": ["puq:9999"],
    "gt": [f"gt:{'A' * 16}", "gt:B", "gt:"],
    "uce": ["uce:phone", "uce:address"],
    "ucx": ["ucx:email"],
    "ung": ["ung:assembly", "ung:plan", "ung:nothing"],
    "uno": ["uno:assembly_notice_days", "uno:wg_min_members", "uno:nothing"],
    "unc": ["unc:assembly_notice_days", "unc:nothing"],
    "unm": ["unm:assembly_notice_days", "unm:wg_min_members", "unm:nothing"],
    "uv": ["uv:1", "uv:9999"],
    "uva": ["uva:1", "uva:9999"],
    "uvr": ["uvr:1", "uvr:9999"],
    "uvd": ["uvd:1", "uvd:9999"],
    "uvx": ["uvx:2", "uvx:9999"],
    "us": ["us:1", "us:9999"],
    "usr": ["usr:1", "usr:9999"],
    "usx": ["usx:2", "usx:9999"],
    "uvp": ["uvp:1", "uvp:9999"],
    "uwa": ["uwa:2026:0:kurman", "uwa:2027:1:", "uwa:9999:0:"],
    "uwo": ["uwo:1", "uwo:9999"],
    "uwd": ["uwd:1", "uwd:9999"],
    "uwx": ["uwx:1", "uwx:9999"],
    "uto": ["uto:1", "uto:9999"],
    "utw": ["utw:1", "utw:9999"],
    "utx": ["utx:1", "utx:9999"],
    **{
        code: [f"{code}:{what}" for what in ("signing", "petitions", "proposals")]
        for code in ("uxo", "uxs", "uxl", "uxx")
    },
    "sf": ["sf:i", "sf:v:0:::::0:", "sf:s:0:3::::0:", "sf:i:0:9999"],
    "sq": ["sq:жарык:", "sq:1:", "sq:zzzz:1"],
    "sp": ["sp:1", "sp:9999"],
    "sh": ["sh:1", "sh:1:9", "sh:9999"],
    "sm": ["sm:1", "sm:1:9", "sm:9999"],
    "sz": ["sz:1:1", "sz:9999:1"],
    "su": ["su:1", "su:1", "su:9999"],
    "sx": ["sx:1", "sx:9999"],
    "sl": ["sl:1", "sl:1", "sl:9999"],
    "sn": ["sn:1", "sn:9999"],
    "ss": ["ss:1", "ss:9999"],
    "sw": ["sw:1", "sw:9999"],
    "sr": ["sr:proposal:1", "sr:petition:9999"],
    "gy": [f"gy:{'A' * 16}", "gy:B", "gy:"],
    "egi": [f"egi:{'A' * 16}", "egi:B", "egi:"],
    "ega": [f"ega:{'A' * 16}", f"ega:{'A' * 16}:1", "ega::0"],
    "egd": [f"egd:{'A' * 16}", "egd:"],
    **{
        code: [f"{code}:1", f"{code}:9999"]
        for code in "eg ee egl egn egw egq egy ea ean eaw eaa eas eah eao et ets".split()
    },
    **{code: [f"{code}:1:1", f"{code}:1:9999", f"{code}:9999:1"] for code in ("egm", "egr", "egx", "egc")},
    "etp": ["etp:1", "etp:1:ru", "etp:1:xx", "etp:9999:ky"],
    **{code: [f"{code}:1", f"{code}:9999"] for code in "ed edt edl edo edy edr edj ede edx edg eda edk edn".split()},
    "edf": ["edf:1:pdf", "edf:1:xlsx", "edf:1:exe", "edf:9999:pdf"],
    "eq": ["eq::0", "eq:answer:0", "eq:flagged:9999", "eq:nothing:0"],
    "er": ["er:1", "er:9999"],
    "ers": ["ers:1:0", "ers:1:9", "ers:9999:0"],
    **{code: [f"{code}:1:1", f"{code}:1:9999", f"{code}:9999:1"] for code in "ero erp erx".split()},
    **{code: [f"{code}:1", f"{code}:9999"] for code in "ecf ecs ecq ecc ecu ecl".split()},
    "eci": ["eci:1:", "eci:1:1", "eci:1:9999", "eci:9999:"],
    "stq": ["stq:new:0", "stq:due:0", "stq:nothing:9"],
    "std": ["std:1", "std:9999"],
    "stg": ["stg:1", "stg:9999"],
    "sto": ["sto:1", "sto:9999"],
    "sta": ["sta:1:", "sta:1:3", "sta:1:9999", "sta:9999:"],
    "stn": ["stn:1", "stn:9999"],
    "sts": ["sts:1", "sts:9999"],
    "stc": ["stc:1", "stc:9999"],
    "stm": ["stm:1", "stm:9999"],
    "stu": ["stu:1", "stu:9999"],
    "stx": ["stx:1", "stx:9999"],
    "sty": ["sty:1", "sty:9999"],
    "stz": [f"stz:{'a' * 16}:{'b' * 16}", "stz:a:b"],
    "svo": ["svo:proposal:1", "svo:petition:1", "svo:proposal:9999"],
    "svk": ["svk:proposal:1", "svk:proposal:9999"],
    "svr": ["svr:proposal:1", "svr:proposal:9999"],
}
# what everybody may press, residents and guests; anything else asks for a right of staff
OPEN = {
    *"m h p pf hi tel res me md mf mfy mk ml mls mn mns mv".split(),  # oneself
    *"nh nt no nc nv nva nvx nm nq nu nw".split(),  # what one hears of
    *"i il io iq is ish iw if iu ih if2 hc".split(),  # the list
    *"s sf sq sp sh sm sz sa su sx sl sn ss sw sr".split(),  # proposals
    *"gt gy mj jo jn jt jtn jx".split(),  # a link to come by
    *"eb ee eg egi ega egd egl egn egw egm egr egx egc egq egy ea ean eaw eaa eas eah eao et etp ets".split(),  # groups
    *"e ell els ep ex exa es eu en ef eo eh ew ev ek ei".split(),  # reading and signing
    *"er ers ero erp erx".split(),  # sheets of paper: for staff at the desk and for the group
    *"q qb qv".split(),  # the group one added the bot to
    *"ol or oo of".split(),  # announcements
    "ur",  # how many signatures are needed
    "v",  # what a receipt tells
}
MORE = {
    "v": ["v:7KQ4M2XWPA", "v:%25"],
    "ep": ["ep:1", "ep:1:1", "ep:9999"],
    "ex": ["ex:1", "ex:9999"],
    "exa": ["exa:1", "exa:9999"],
    "ell": ["ell:i", "ell:v", "ell:x:9:mine:3:1:signed"],
    "els": ["els:жол", "els:zzzz"],
    "es": ["es:1", "es:1:1:1", "es:9999"],
    "eu": ["eu:1", "eu:9999"],
    "ef": ["ef:1", "ef:9999"],
    "eo": ["eo:1", "eo:9999"],
    "eh": ["eh:1", "eh:9999"],
    "ew": ["ew:1", "ew:9999:4"],
    "ev": ["ev:1", "ev:9999"],
    "ek": ["ek:1", "ek:9999"],
    "eb": ["eb:petition", "eb:assembly:3", "eb:norm", "eb:nothing:9999"],
    "nv": ["nv:1", "nv:9999"],
    "nm": ["nm:9999"],
    "uw": ["uw:2027:0", "uw:9999:7"],
    "ut": ["ut:4"],
    "ur": ["ur:1", "ur:9999"],
    "s": ["s:0:3", "s:0:0::waiting:s:0:", "s:9:::closed:n:1:", "s:0:9999"],
    "sa": ["sa:3", "sa:9999"],
    "il": ["il:water:0:", "il::3:", "il:nothing::"],
    "is": ["is:1", "is:9"],
    "iw": ["iw:99"],
    "hi": ["hi:if%3A3"],
}
LAST = "mfy"  # forgetting is the end of everything else


def ways_of(kind: type[Press]) -> list[str]:
    """The presses of a kind that the test tries."""
    bare = [kind.code] if all(f.default is not MISSING for f in fields(kind)) else []  # type: ignore[arg-type]
    return bare + FULL.get(kind.code, []) + MORE.get(kind.code, [])
