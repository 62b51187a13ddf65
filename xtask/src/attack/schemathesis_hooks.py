"""Days on which something can have happened: with others no batch would ever count."""

from datetime import date

import schemathesis
from hypothesis import strategies

schemathesis.openapi.format("date", strategies.dates(date(2004, 1, 1), date.today()).map(str))
