// Returns a text that does not fit into memory.
// row 25; expect todo
// BODY 01.15
std::string text = "x";
for (;;) text += text;
