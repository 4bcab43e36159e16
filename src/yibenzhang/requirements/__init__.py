"""What is due, for whom, by which rule (规定动作): computed on read from postings and dated facts, never stored."""
