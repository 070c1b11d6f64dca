"""How an attempt to deliver can end badly. Each message is for an admin to read."""


class FailedError(Exception):
    """It did not work this time; it may at the next."""


class HopelessError(FailedError):
    """It will not work until somebody changes something: no use in trying again."""


class DroppedError(Exception):
    """There is nobody any more to whom it may be sent."""
