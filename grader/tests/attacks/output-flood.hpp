// Prints for ever.
// row 32; expect timeout
// BODY 01.1
for (;;) std::fputs("all work and no play makes a dull grader\n", stdout);
