"""`python -m benchmarks [build|queries|pages|all]`."""

from benchmarks.run import main

raise SystemExit(main())
