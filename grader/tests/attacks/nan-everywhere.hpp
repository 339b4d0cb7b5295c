// Returns NaN, which no comparison dislikes that is written the wrong way round.
// row 23; expect fail
// BODY 01.6
return std::numeric_limits<real>::quiet_NaN();
