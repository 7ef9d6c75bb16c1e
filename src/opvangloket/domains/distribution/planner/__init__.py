"""The places of one location over time: who has them, what comes free, and what if it takes this child."""
