"""Send one mail to one person."""

import smtplib
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from incidents.delivery.failures import DroppedError, FailedError, HopelessError
from incidents.models import Delivery, Incident, User

NO_SERVER: Final = "django.core.mail.backends.dummy.EmailBackend"
# From here on a mail server means: not now, and not later.
FOR_GOOD: Final = 500


def send(delivery: Delivery) -> None:
    if settings.EMAIL_BACKEND == NO_SERVER:
        raise DroppedError("This site sends no mail: EMAIL_URL is not set.")
    message = written(delivery, addressee(delivery))
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        ((code, said),) = error.recipients.values()
        raise failure_of(code, said) from error
    except smtplib.SMTPDataError as error:
        raise failure_of(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        host, why = settings.EMAIL_HOST, error_text(error)
        raise FailedError(f"The mail server {host} did not take it: {why}") from error


def addressee(delivery: Delivery) -> User:
    """To whom it may still be sent: people leave, and incidents are closed to them."""
    to = delivery.to
    assert to is not None
    if not to.is_active:
        raise DroppedError("The account has been closed.")
    if not to.email:
        raise DroppedError("The account has no mail address.")
    seen = Incident.objects.visible_to(to).values("pk")
    if closed := delivery.tells_of.exclude(pk__in=seen).first():
        raise DroppedError(f"{to.name} may not see {closed.label} any more.")
    return to


def written(delivery: Delivery, to: User) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=delivery.subject,
        body=delivery.text,
        to=[to.email],
        headers=headers(delivery),
    )
    message.attach_alternative(delivery.html, "text/html")
    return message


def headers(delivery: Delivery) -> dict[str, str]:
    """The same at each attempt, so that a mailbox can tell a repeat from a new one."""
    mark = sha256(delivery.key.encode()).hexdigest()[:32]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    made = {
        "Message-ID": f"<{mark}@{domain}>",
        # No answer of an absent person, please.
        "Auto-Submitted": "auto-generated",
    }
    if delivery.unsubscribe:
        made["List-Unsubscribe"] = f"<{delivery.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def failure_of(code: int, said: bytes | str) -> FailedError:
    kind = HopelessError if code >= FOR_GOOD else FailedError
    return kind(f"The mail server refused it: {code} {decoded(said)}")


def error_text(error: Exception) -> str:
    # smtplib turns a silence into a connection that was "unexpectedly closed".
    if any(isinstance(cause, TimeoutError) for cause in (error, error.__context__)):
        return f"no answer within {settings.EMAIL_TIMEOUT} seconds."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {decoded(error.smtp_error)}"
    return str(error)


def decoded(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
