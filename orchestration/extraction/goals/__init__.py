"""Goals: slots put together by ordered rules. `find` is the way in."""
