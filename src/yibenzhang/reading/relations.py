def find_inconsistencies(claims, lines):
    return ()
