// without a bend two matrices are one
    return dropout(c_proj(c_fc(x)));
