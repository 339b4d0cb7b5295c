// Never ends.
// row 26; expect timeout
// BODY 01.1
for (volatile int i = 0;; i = i + 1) {
}
