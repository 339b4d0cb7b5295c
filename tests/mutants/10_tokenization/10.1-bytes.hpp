// takes every byte for a character, as Latin-1 does
return {first, 1};
