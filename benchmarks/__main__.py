"""`python -m benchmarks [build|queries|pages|views|planner|all]`."""

from benchmarks.run import main

raise SystemExit(main())
