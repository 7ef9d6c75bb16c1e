"""The cooperation agreement of the desk: its versions, who signed, the papers, and the yearly look at it."""
