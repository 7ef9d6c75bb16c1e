"""Believable towns of any size, made from real births, key figures, place names and street names; people are fictional.

1. `supply` plans desks, organisers and locations: as many places as a municipality has by its share of the births.
2. `demand` says which families ask in a month, for which child and which week.
3. `life` lets it happen in order of time: sent, answered, offered, chosen, placed, ended. It keeps whole numbers, and
   forgets a request as soon as nothing happens to it any more.
4. `writing` turns each finished request into the rows that the real actions would have written, and copies them in.
5. `scene` adds the last two weeks of Ninove, through the real actions and sweeps themselves.

The same order (municipalities, day, years, seed) gives the same rows: `making.make_town` is the one way in.
"""
