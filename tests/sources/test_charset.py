import pytest

from digests.errors import ParseError
from digests.sources.parse.charset import decode
from digests.text import clean_text

SAMPLES = {
    "utf-8": "Erdoğan’ın “görüşmesi” — naïve café",
    "utf-8-sig": "Erdoğan’ın “görüşmesi”",
    "utf-16": "Erdoğan’ın “görüşmesi”",
    "utf-16-le": "Erdogan and Fidan met again on Monday",
    "utf-16-be": "Erdogan and Fidan met again on Monday",
    "utf-32": "Erdoğan’ın “görüşmesi”",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_unicode_in_every_coat_is_read(encoding):
    assert decode(SAMPLES[encoding].encode(encoding)) == SAMPLES[encoding]


DECLARED = {
    "windows-1252": "“Nous voilà”, dit-il – déjà",
    "iso-8859-1": "déjà vu à Genève",
    "iso-8859-9": "Erdoğan ile görüşme",
    "windows-1251": "Президент отверг предложение",
    "koi8-r": "Президент отверг предложение",
    "windows-1256": "رفض الرئيس الاقتراح",
    "shift_jis": "大統領は提案を拒否した",
    "euc-kr": "대통령은 제안을 거부했다",
    "gb18030": "总统拒绝了这项提议",
    "big5": "總統拒絕了這項提議",
    "iso-2022-jp": "大統領は提案を拒否した",
}


@pytest.mark.parametrize("encoding", DECLARED)
def test_what_a_header_or_the_text_itself_declares_is_used(encoding):
    text = DECLARED[encoding]
    assert decode(text.encode(encoding), f"text/html; charset={encoding}") == text
    document = f'<meta charset="{encoding}"><p>{text}</p>'
    assert decode(document.encode(encoding)) == document


def test_a_declaration_that_lies_about_valid_utf_8_is_not_believed():
    assert decode("görüşme".encode(), "text/html; charset=iso-8859-1") == "görüşme"
    assert decode(b"plain words", "text/html; charset=klingon") == "plain words"


MET = "Erdoğan’ın sözcüsü “görüşme” dedi. The minister said it’s over. "


@pytest.mark.parametrize("declared", ["", "text/html; charset=utf-8", "text/xml; charset=iso-8859-1"])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (MET.encode() + b"It\x92s \x93done\x94. " + MET.encode(), f"{MET}It’s “done”. {MET}"),
        (MET.encode() + "ü".encode()[:1], MET + "Ã"),
        (("naïve " * 9).encode() + b"\xe2\x80", "naïve " * 9 + "â€"),
    ],
    ids=["quotes of another table", "cut in a letter", "cut in a mark"],
)
def test_utf_8_with_a_stray_byte_stays_utf_8(data, text, declared):
    assert decode(data, declared) == text


def test_western_text_is_not_taken_for_another_script_for_the_sake_of_a_few_bytes():
    plain = "The minister said that the talks were over, and that nobody had asked for more of them. "
    assert decode(f"{plain}It’s a naïve idea. {plain}".encode("windows-1252")) == f"{plain}It’s a naïve idea. {plain}"


WORDS = "plain words of a page that goes on for a while"
ODD = {
    "utf-7": (b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- " + WORDS.encode(), "text/html; charset=utf-7"),
    "overlong slash": (b"..\xc0\xafetc\xc0\xafpasswd " + WORDS.encode() * 9, ""),
    "overlong nul": (b"caf\xc0\x80 " + WORDS.encode() * 9, ""),
    "overlong bracket": (b"\xc0\xbcscript\xc0\xbe " + WORDS.encode() * 9, "text/html; charset=utf-8"),
    "surrogates in utf-8": (b"\xed\xa0\xbd\xed\xb8\x80 " + WORDS.encode() * 9, ""),
    "lone surrogate in utf-16": (b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8" + WORDS.encode("utf-16-le"), ""),
    "utf-16 cut in half": (b"\xff\xfe" + WORDS.encode("utf-16-le") + b"a", ""),
    "mark of order in the middle": (f"one\ufefftwo {WORDS}".encode(), ""),
    "two marks of order": (b"\xef\xbb\xbf\xef\xbb\xbf" + WORDS.encode(), ""),
    "utf-32 beyond unicode": (b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" + WORDS.encode("utf-32-le"), ""),
    "an unknown escape": (b"\x1b(Z " + WORDS.encode(), "text/html; charset=iso-2022-jp"),
    "nul between words": (WORDS.encode().replace(b" ", b" \x00", 2), ""),
    "two tables": ("Erdoğan’ın ".encode() * 9 + "déjà".encode("latin-1") + WORDS.encode(), "charset=latin-1"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_whatever_bytes_come_what_they_are_read_as_can_be_kept_and_shown(kind):
    text = clean_text(decode(*ODD[kind]), limit=2000)
    assert WORDS.split()[-1] in text
    assert not set(text) & {"\0", "\ufeff", "\x1b"}
    assert text.encode().decode() == text  # no lone surrogate
    assert "<" not in text
    assert "/etc/" not in text


def test_an_undeclared_encoding_is_guessed():
    text = "Президент отверг предложение и сказал, что переговоры продолжатся на следующей неделе. " * 20
    assert "Президент отверг предложение" in decode(text.encode("windows-1251"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x00", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (b"%PDF-1.4 x", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 20, "not readable"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "not readable"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_one_line(data, reason):
    with pytest.raises(ParseError, match=reason):
        decode(data)
