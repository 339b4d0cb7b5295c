// Throws what is no exception class.
// row 2; expect fail
// BODY 01.1
throw 7;
