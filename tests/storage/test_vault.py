"""Does a stolen database give a phone number away?"""

from cryptography.fernet import Fernet

from storage.vault import Vault

PHONE = "+996700000101"
VAULT, OTHER = Vault("биринчи ачкыч, отуз эки белгиден узун"), Vault("экинчи ачкыч, отуз эки белгиден узун")


def test_the_hash_of_a_phone_is_the_same_every_time_under_the_same_key() -> None:
    assert VAULT.hash(PHONE) == VAULT.hash(PHONE) == Vault("биринчи ачкыч, отуз эки белгиден узун").hash(PHONE)


def test_the_hash_differs_by_key_and_by_phone_and_does_not_hold_the_number() -> None:
    hashes = {VAULT.hash(PHONE), OTHER.hash(PHONE), VAULT.hash("+996700000102")}
    assert len(hashes) == 3
    for each in hashes:
        assert len(each) == 64
        assert int(each, 16) > 0
        assert PHONE[-6:] not in each


def test_what_is_sealed_opens_under_the_same_key_only() -> None:
    sealed = VAULT.seal(PHONE)
    assert VAULT.open(sealed) == PHONE
    assert OTHER.open(sealed) is None
    assert PHONE not in sealed


def test_the_same_phone_sealed_twice_does_not_look_the_same() -> None:
    assert VAULT.seal(PHONE) != VAULT.seal(PHONE)


def test_a_sealed_number_that_was_changed_or_is_none_does_not_open() -> None:
    sealed = VAULT.seal(PHONE)
    for broken in (
        "",
        "жок",
        sealed[:-4],
        sealed[:20] + "AAAA" + sealed[24:],
        Fernet(Fernet.generate_key()).encrypt(b"x").decode(),
    ):
        assert VAULT.open(broken) is None


def test_a_sealed_number_fits_its_column() -> None:
    assert len(VAULT.seal("+" + "9" * 15)) <= 255


def test_the_hash_key_and_the_seal_key_are_not_the_same() -> None:
    assert VAULT.hash(PHONE) not in VAULT.seal(PHONE)
    assert VAULT.open(VAULT.hash(PHONE)) is None
