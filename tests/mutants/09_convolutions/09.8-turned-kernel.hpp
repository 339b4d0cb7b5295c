// turns the kernel by 180 degrees, as a mathematician's convolution does
    const Tensor kernels = kernel_matrices(w);
    const Tensor turned = empty(kernels.shape());
    const Index taps = w.size(2) * w.size(3);
    const Tensor flat = kernels.contiguous();
    for (Index i = 0; i < flat.numel(); ++i) {
      turned.data()[i] = flat.data()[i / taps * taps + taps - 1 - i % taps];
    }
    for (Index n = 0; n < x.size(0); ++n) {
      Tensor image = out.select(0, n);
      image.copy_(matmul(turned, columns(x, w, n)).reshape(image.shape()));
    }
    return out;
