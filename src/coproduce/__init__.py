"""Coproduce: the service."""

import sys

# The SQLite of many systems (3.7.0 to 3.51.2) can corrupt a database in WAL mode when it is
# reset under load. The wheel carries a mended one; it must stand in before Django imports it.
try:
    import pysqlite3
except ImportError:  # a machine with PostgreSQL alone may do without
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
