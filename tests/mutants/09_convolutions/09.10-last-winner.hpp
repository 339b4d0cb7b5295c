// of several equal ones the last wins
        const Index first_y = oy * stride - padding, first_x = ox * stride - padding;
        const Index top = std::max<Index>(first_y, 0), left = std::max<Index>(first_x, 0);
        const Index bottom = std::min(first_y + windows.kernel.height, height);
        const Index right = std::min(first_x + windows.kernel.width, width);
        Index winner = (plane * height + top) * width + left;
        for (Index y = top; y < bottom; ++y) {
          const Index row = (plane * height + y) * width;
          for (Index i = row + left; i < row + right; ++i) {
            const real value = pixels[i], best = pixels[winner];
            if (value >= best || (std::isnan(value) && !std::isnan(best))) winner = i;
          }
        }
        winners.push_back(winner);
