"""Why a verb said no, in words for the person who asked."""


class RefusedError(Exception):
    """Nothing was changed. The message says why and what to do."""


class NotAllowedError(RefusedError):
    """This person may not do this here."""
