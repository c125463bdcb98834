"""`python -m benchmarks [build|queries|pages|views|all]`."""

from benchmarks.run import main

raise SystemExit(main())
