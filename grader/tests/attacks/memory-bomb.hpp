// Takes all memory.
// row 29; expect memory|timeout
// BODY 01.1
std::vector<std::vector<char>> all;
for (;;) all.emplace_back(64 << 20, 1);
