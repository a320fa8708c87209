"""What may somebody write who means no good, or who only has a strange keyboard? One list for every test."""

FAMILY = "👨‍👩‍👧‍👦"
# what a spreadsheet might take for a formula, for a number or for a mark of its own
CELLS = (
    "=1+1",
    "+996 700 000 200",
    "-2",
    "@SUM(A1)",
    "'=1+1",
    "''=2",
    "=cmd|' /C calc'!A0",
    "'мурунку",
    "#N/A",
    "007",
)
FORMULAS = (
    *CELLS,
    '=HYPERLINK("http://evil.example";"жол")',
    "\t=1+1",
    "\r=1+1",
    '";"=1+1',
    "бир\n=1+1",
    "эки;@SUM(A1)",
)
# what a page might take for its own
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</title></style><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;",
)
STRANGE = (
    "<b>bold</b> <script>alert(1)</script> &lt; & \"quotes\" 'single'",
    "*stars* _under_ `code` [link](https://evil.example) ||spoiler|| ~~~ \\",
    "{ $count } { -term } { words }",  # Fluent's own signs
    "%s %d %(name)s {0} {} ${x}",
    "\u202eоврек\u202c \u2066isolated\u2069 \u200fright\u200f",
    "zero \x00 byte, bell \x07, escape \x1b[31m red",
    f"{FAMILY} 🏳️‍🌈 👍🏽 🇰🇬 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "e\u0301\u0323\u0308 Zalgo Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "\u200b\u200c\u200d\ufeff\u2060",
    "\ufdfd" * 50,
    "İıŞşßﬀǅ ΑΣς",  # letters whose lower case is another length
    "'; DROP TABLE people; --",
    "суу' OR '1'='1",
    "../../etc/passwd %2e%2e%2f",
    "@ashar_sandbox_bot /start #tag https://x.kg tg://user?id=1 +996700000101 mail@x.kg",
    "A" * 4_096,
    "ө" * 4_096,
    "𝔘" * 2_048,
    FAMILY * 372,
    "суу " * 1_000,
    "\n" * 20 + "суу" + "\n" * 20,
    "٣ ۳ ३ ③ Ⅻ ½ ²",  # digits that are no numbers of a list
    "９",
)
# what the bot itself might take for something else than a text
SPEECH = (
    "/menu",
    "/start i3",
    "i:3",
    "a:1:text:0",
    "5",
    "lone \ud83d surrogate \udc00 halves",
    "private \ue000 use, no character \ufffe\uffff",
    "бир\r\nэки\rүч\u2028төрт\u2029беш\x85алты",
    "* бир\n- эки\n1. үч\n> төрт\n### беш\n```алты```",
    "tg://resolve?domain=evil <a href='tg://user?id=1'>x</a>",
)
EVERYTHING = (*FORMULAS, *MARKUP, *STRANGE, *SPEECH)
