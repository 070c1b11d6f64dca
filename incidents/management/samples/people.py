"""Who appears in the samples: four with an account here, others by name alone."""

from incidents.documents.document import Person

AUTHOR = Person(name="Mira Halloran", account="author")
REVIEWER = Person(name="Tobias Achterberg", account="reviewer")
READER = Person(name="Noor Castellan", account="reader")
ADMIN = Person(name="Sunil Varga", account="admin")
ACCOUNTS = (AUTHOR, REVIEWER, READER, ADMIN)

DATABASE_ON_CALL = Person(name="database on-call")
PLATFORM = Person(name="platform team")
STORAGE = Person(name="storage team")
SUPPORT = Person(name="Leilani Brandt")
WEB_ON_CALL = Person(name="web on-call")
