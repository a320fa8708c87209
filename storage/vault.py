"""How is a phone number kept so that a stolen database does not give it away?"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken


class Vault:
    """Keyed hashes and sealed texts under the installation's SECRET_KEY."""

    def __init__(self, secret: str) -> None:
        self._hash_key = hashlib.sha256(b"ashar hash" + secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"ashar seal" + secret.encode()).digest()))

    def hash(self, text: str) -> str:
        """A keyed hash: the same for the same text, of no use without the key."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        """The text, encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text that was sealed; None when it was sealed under another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
