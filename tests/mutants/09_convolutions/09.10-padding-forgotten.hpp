// the window begins at the image, not at the padding
        const Index first_y = oy * stride, first_x = ox * stride;
        const Index top = std::max<Index>(first_y, 0), left = std::max<Index>(first_x, 0);
        const Index bottom = std::min(first_y + windows.kernel.height, height);
        const Index right = std::min(first_x + windows.kernel.width, width);
        Index winner = (plane * height + top) * width + left;
        for (Index y = top; y < bottom; ++y) {
          const Index row = (plane * height + y) * width;
          for (Index i = row + left; i < row + right; ++i) {
            const real value = pixels[i], best = pixels[winner];
            if (value > best || (std::isnan(value) && !std::isnan(best))) winner = i;
          }
        }
        winners.push_back(winner);
