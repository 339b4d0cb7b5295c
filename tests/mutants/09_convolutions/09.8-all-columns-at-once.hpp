// unfolds the whole batch: right, but N times as much memory at the peak
    const Tensor all = unfold(x, kernel(w), steps());  // [N, G*K, L]
    const Tensor split =
        all.reshape({x.size(0), options.groups, all.size(1) / options.groups, all.size(2)});
    const Tensor product = matmul(kernel_matrices(w), split);
    return product.reshape(out.shape());
