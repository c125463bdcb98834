"""`python -m benchmarks [build|queries|pages|views|live|planner|papers|all]`."""

from benchmarks.run import main

raise SystemExit(main())
