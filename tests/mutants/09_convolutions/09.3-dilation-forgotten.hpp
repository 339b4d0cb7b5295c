// neighbouring taps are always 1 apart
    const Index stride = options.stride;
    for (Index plane = 0; plane < planes; ++plane) {
      for (Index ki = 0; ki < kernel.height; ++ki) {
        const Index down = ki - options.padding;
        const Span rows = positions_inside(image.height, places.height, stride, down);
        for (Index kj = 0; kj < kernel.width; ++kj) {
          const Index right = kj - options.padding;
          const Span run = positions_inside(image.width, places.width, stride, right);
          const Index row = (plane * kernel.height + ki) * kernel.width + kj;
          for (Index oy = rows.begin; oy < rows.end; ++oy) {
            const Index y = oy * stride + down, x = run.begin * stride + right;
            visit((plane * image.height + y) * image.width + x,
                  row * place_count() + oy * places.width + run.begin, run.end - run.begin);
          }
        }
      }
    }
