"""How fast it is; each module is run by itself. The package is imported first, as in the product: it bounds NumPy."""

import digests as digests
