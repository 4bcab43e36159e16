"""The superior's own statistics forms (上级报表): cells mapped once to indicators, filled every year."""
