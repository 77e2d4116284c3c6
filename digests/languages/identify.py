"""Which language a text is in: by its script, or by the small words that every sentence of a language needs.

Meant to tell what the reader can read from what it can't, not to be a linguist: it knows a dozen languages in Latin
letters, names others by their script, and says None where it is not sure, or UNKNOWN where a text is too long to hide
that it is English. The idea is as old as Ingle (1976).
"""

import re
from collections import Counter

_SAMPLE = 1000  # characters, some 160 words
UNKNOWN = "und"
"""What ISO 639-2 calls a language that is not determined."""
_LONG, _HARDLY = 25, 0.04  # words, and how few of them small: English does not get by with so few for so long
_LEAST, _SHARE, _LEAD = 4, 0.12, 1.8  # small words in all, of all words, and times as many as English has (or others)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = {
    "en": "the of and to in that is was for on with by as are from has have it its be at he his said an this which not "
    "will their they were but who after been had would about more than over into us we you what when how",
    "fr": "le la les des du et est une dans pour qui que sur par pas au aux avec plus ce cette son sa ses ont été mais "
    "il elle nous vous sont leur être après entre l d",
    "de": "der die das und ist nicht ein eine einen einem den dem des mit für auf von zu im sich auch bei nach wird "
    "sind hat haben als aus werden über wie oder noch am er sie",
    "es": "el la los las de que y en un una por con para del se es su al lo como más pero sus fue ha este esta sobre "
    "entre son no desde también",
    "pt": "o a os as de que e em um uma por com para do da dos das se é no na ao mais mas foi são não pelo pela como "
    "sobre entre também à às",
    "it": "il lo la gli le di che e un una per con del della dei delle si è nel nella alla da al più ma sono non come "
    "dal dalla anche questo ha stato",
    "nl": "de het een van en in dat is op te voor met zijn niet aan er door ook bij naar uit heeft om maar als worden "
    "werd deze nog hij ze",
    "tr": "ve bir bu için ile da de olarak olan daha çok en gibi kadar sonra ise göre ancak değil var ne şu oldu dedi "
    "tarafından ilgili",
    "pl": "i w z na do się nie że jest o to po za od dla jak oraz przez który które która są był było ale jego też",
    "ro": "și în de la a cu pe că din nu este care un o pentru sunt au fost mai prin după sau această acest lui ce fi",
    "sv": "och i att det som en på är av för med till den har de inte om ett han var från kan men sig vid ska efter",
    "da": "og i at det er en til på som for med den af der de har ikke et om han var fra kan men sig vil efter ved",
    "id": "yang dan di dengan untuk pada dari ini itu dalam tidak akan oleh ke karena juga sebagai adalah telah lebih "
    "mereka kata saat bahwa",
    "sw": "ya na wa kwa ni katika la za kuwa cha hiyo huo baada pia hii kama alisema lakini hata watu nchini",
    "hu": "a az és hogy nem is egy van meg volt ez de már csak mint után szerint azt el lesz ki még vagy",
    "vi": "và của là có cho không được một trong đã với các những người này để khi từ đến về",
}
_SPEAKS: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL.items():
    for _one in _words.split():
        _SPEAKS[_one] = (*_SPEAKS.get(_one, ()), _language)
_SCRIPTS = (
    ("uk", "[іїєґІЇЄҐ]", "[\u0400-\u04ff]"),
    ("ru", "", "[\u0400-\u04ff]"),
    ("ur", "[ٹڈڑےں]", "[\u0600-\u06ff]"),
    ("fa", "[پچژگ]", "[\u0600-\u06ff]"),
    ("ar", "", "[\u0600-\u06ff]"),
    ("he", "", "[\u0590-\u05ff]"),
    ("el", "", "[\u0370-\u03ff]"),
    ("ja", "[\u3040-\u30ff]", "[\u3040-\u30ff\u4e00-\u9fff]"),
    ("zh", "", "[\u4e00-\u9fff]"),
    ("ko", "", "[\uac00-\ud7af]"),
    ("hi", "", "[\u0900-\u097f]"),
    ("bn", "", "[\u0980-\u09ff]"),
    ("ta", "", "[\u0b80-\u0bff]"),
    ("th", "", "[\u0e00-\u0e7f]"),
    ("ka", "", "[\u10a0-\u10ff]"),
    ("hy", "", "[\u0530-\u058f]"),
    ("am", "", "[\u1200-\u137f]"),
)
_OTHER_SCRIPT = re.compile("|".join(dict.fromkeys(script for _, _, script in _SCRIPTS)))


def identify(text: str) -> str | None:
    """The two-letter code of the language of `text` (ISO 639-1), UNKNOWN where it is none that is known here, and None
    where too little tells.
    """
    sample = text[:_SAMPLE]
    return _by_script(sample) or _by_words(sample)


def _by_script(sample: str) -> str | None:
    if not _OTHER_SCRIPT.search(sample) or (letters := sum(char.isalpha() for char in sample)) < 20:
        return None
    for language, sign, script in _SCRIPTS:
        own = len(re.findall(script, sample))
        if own > letters / 2 and len(re.findall(sign, sample)) * 100 >= own:
            return language
    return None


def _by_words(sample: str) -> str | None:
    words = _WORD.findall(sample.lower())
    found = Counter[str]()
    for languages, count in Counter(map(_SPEAKS.get, words)).items():
        for language in languages or ():
            found[language] += count
    (first, most), (_, next_most) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    rival = found["en"] if first != "en" else next_most
    is_sure = most >= max(_LEAST, _SHARE * len(words)) and most >= _LEAD * rival
    if is_sure:
        return first
    return UNKNOWN if len(words) >= _LONG and found["en"] < _HARDLY * len(words) else None
