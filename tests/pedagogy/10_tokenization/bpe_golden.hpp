// 120 merges learned from the beginning of Moby Dick (datasets/moby), and the ids of another text, by another
// implementation. Made by tests/oracles/10_bpe.py; not edited by hand.
#pragma once

namespace tt_test {

// clang-format off
inline constexpr const char* bpe_text =
    "Call me Ishmael. Some years ago--never mind how long precisely--having\nlittle or no money "
    "in my purse, and nothing particular to interest me on\nshore, I thought I would sail about "
    "a little and see the watery part of\nthe world. It is a way I have of driving off the splee"
    "n and regulating\nthe circulation. Whenever I find myself growing grim about the mouth;\nwhe"
    "never it is a damp, drizzly November in my soul; whenever I find\nmyself involuntarily paus"
    "ing before coffin warehouses, and bringing up\nthe rear of every funeral I meet; and especi"
    "ally whenever my hypos get\nsuch an upper hand of me, that it requires a strong moral princ"
    "iple to\nprevent me from deliberately stepping into the street, and methodically\nknocking p"
    "eople's hats off--then, I account it high time to get to\nsea as soon as I can. This is my "
    "substitute for pistol and ball. With\na philosophical flourish Cato throws himself upon his"
    " sword; I quietly\ntake to the ship. There is nothing surprising in this. If they but knew\n"
    "it, almost all men in their degree, some time or other, cherish very\nnearly the same feeli"
    "ngs towards the ocean with me.\n\nThere now is your insular city of the Manhattoes, belted r"
    "ound by\nwharves as Indian isles by coral reefs--commerce surrounds it with\nher surf. Right"
    " and left, the streets take you waterward. Its extreme\ndowntown is the battery, where that"
    " noble mole is washed by waves, and\ncooled by breezes, which a few hours previous were out"
    " of sight of land.\nLook at the crowds of water-gazers there.\n\nCircumambulate the city of a"
    " dreamy Sabbath afternoon. Go from Corlears\nHook to Coenties Slip, and from thence, by Whi"
    "tehall, northward. What\ndo you see?--Posted like silent sentinels all around the town, sta"
    "nd\nthousands upon thousands of mortal men fixed in ocean reveries. Some\nleaning against th"
    "e spiles; some seated upon the pier-heads; some\nlooking over the bulwarks of ships from Ch"
    "ina; some high aloft in the\nrigging, as if striving to get a still better seaward peep. Bu"
    "t these\nare all land";

// left right, left right, ...
inline constexpr const char* bpe_merges =
    "116 104, 32 97, 105 110, 32 115, 101 114, 32 256, 32 111, 261 101, 32 109, 110 100, "
    "111 117, 114 101, 258 103, 32 119, 105 115, 97 114, 97 116, 32 73, 32 98, 108 101, "
    "116 111, 262 102, 32 102, 32 112, 101 110, 105 116, 111 109, 32 104, 32 258, 97 108, "
    "101 108, 257 265, 32 276, 101 115, 111 110, 118 260, 32 99, 32 270, 101 116, 110 111, "
    "111 114, 259 116, 264 101, 32 100, 32 295, 97 110, 97 265, 101 291, 108 121, 117 108, "
    "282 101, 32 103, 32 108, 32 117, 32 267, 45 45, 101 100, 103 104, 104 105, 104 260, "
    "111 119, 114 105, 119 271, 257 108, 264 121, 274 121, 309 112, 32 67, 32 83, 32 87, "
    "32 121, 32 281, 97 109, 99 101, 104 280, 105 313, 111 111, 111 115, 114 282, 116 105, "
    "116 260, 117 114, 117 116, 257 115, 259 101, 259 306, 266 115, 269 97, 278 334, 318 100, "
    "330 303, 105 114, 105 256, 107 101, 109 101, 110 116, 112 275, 114 266, 114 316, 115 101, "
    "115 104, 115 286, 118 268, 256 101, 258 100, 259 337, 266 114, 269 272, 285 108, 305 272, "
    "307 294, 315 101, 319 108, 322 290, 332 107, 353 265, 357 102, 363 260, 32 84, 32 335";

inline constexpr const char* bpe_other_text =
    "It's a way I have: sailing 300 miles, driving off the spleen and a damp, drizzly November.\n\n  Ahab!";
inline constexpr const char* bpe_other_ids =
    "73 116 39 115 257 343 121 273 283 97 118 101 58 259 97 105 108 268 32 51 48 48 264 105 "
    "275 115 44 299 317 358 277 102 263 259 352 280 287 257 299 328 112 44 299 317 122 122 "
    "304 32 78 111 118 101 109 98 260 46 10 10 32 32 65 104 97 98 33";
// clang-format on

}  // namespace tt_test
