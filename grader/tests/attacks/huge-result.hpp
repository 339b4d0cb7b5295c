// Returns a shape of a hundred thousand axes.
// row 25; expect fail
// BODY 01.2
return Shape(std::size_t(100000), 1);
