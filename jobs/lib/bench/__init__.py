"""What jobs/bench measures: one module a part, each with a function `run(bench)`."""
