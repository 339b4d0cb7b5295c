// 09_convolutions / convolutions.hpp: locality and sharing: networks that see.
//
// You build:    where windows fit, unfold and fold, conv2d and its gradient, pooling, batch
//               normalisation
// You need:     01_tensor, 02_ops, 03_autograd; 05_layers for the layers
// Used by:      milestones M4 (LeNet) and M4b (a pretrained upscaler)
// Not here:     Winograd, FFT and blocked kernels; 1-D and 3-D; transposed convolution as a layer
// Legend:       N images, C channels, H W height and width, O channels out, kh kw the kernel's size,
//               L = OH * OW places of the window
//
// The module in reading order:
//   output_size.hpp  sizes along one axis
//   unfold.hpp       windows as columns, and back
//   conv2d.hpp       the convolution and its derivative
//   pool.hpp         max_pool2d, avg_pool2d
//   batch_norm.hpp   batch normalisation as a function
//   conv_layers.hpp  Conv2d, MaxPool2d, AvgPool2d, BatchNorm2d
#pragma once
#include <tinytorch/convolutions/batch_norm.hpp>
#include <tinytorch/convolutions/conv2d.hpp>
#include <tinytorch/convolutions/conv_layers.hpp>
#include <tinytorch/convolutions/output_size.hpp>
#include <tinytorch/convolutions/pool.hpp>
#include <tinytorch/convolutions/unfold.hpp>
