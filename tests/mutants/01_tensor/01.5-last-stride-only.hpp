// Looks at the last stride only: a block of columns has 1 there, too.
    return numel() == 0 || dim() == 0 || size(-1) == 1 || strides().back() == 1;
