"""The units of the demo province as data: who hangs where, who leads, guides and reviews whom."""
