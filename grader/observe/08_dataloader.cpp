// Observations of module 08: examples, orders, batches, pictures.
//
// Where a student may draw random numbers in another way than the reference, what is seen is what
// holds of any fair draw: which numbers there are, what is equal, what comes about as often.
#include <atomic>
#include <future>

#include <tinytorch/dataloader.hpp>

#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::Case;
using observe::random_tensor;
using observe::see;
using observe::see_error;

namespace {

template <class X, class Y>
void see_example(Case& c, const Labelled<X, Y>& example) {
  see(c, example.x);
  see(c, example.y);
}

/// n examples whose label is also their number.
TensorDataset<Tensor, IndexTensor> numbered(Case& c, Index n) {
  std::vector<Index> labels(static_cast<std::size_t>(n));
  std::iota(labels.begin(), labels.end(), Index{0});
  return {random_tensor(c, {n, 2}), IndexTensor(labels, {n})};
}

std::vector<Index> sorted(std::vector<Index> items) {
  std::sort(items.begin(), items.end());
  return items;
}

template <class Loader>
std::vector<Index> labels_of(Loader& loader) {
  std::vector<Index> labels;
  for (const auto& [x, y] : loader) {
    const std::vector<Index> more = y.to_vector();
    labels.insert(labels.end(), more.begin(), more.end());
  }
  return labels;
}

/// Hands out two random numbers for an example, so that it shows which ones were drawn.
const Transform drawn = [](const Tensor&, Rng& rng) {
  return tensor({rng.uniform(), rng.uniform()});
};

/// Says as its x in which epoch it was asked.
struct Epochs {
  Index size() const { return 9; }
  Example get(Index i, Index epoch = 0) const {
    return {scalar(static_cast<real>(epoch)), IndexTensor({i}, {})};
  }
};

/// Where in `picture` the window `y` lies, as row * 100 + column; -1 if it does not.
Index place_of(const Tensor& y, const Tensor& picture) {
  const Index size = y.size(-1);
  for (Index top = 0; top + size <= picture.size(-2); ++top) {
    for (Index left = 0; left + size <= picture.size(-1); ++left) {
      const Tensor window = picture.slice(-2, top, top + size).slice(-1, left, left + size);
      if (y.shape() == window.shape() && allclose(y, window, 0, 0)) return top * 100 + left;
    }
  }
  return -1;
}

/// A grey PNG, not compressed.
class Png {
 public:
  Png(Index width, Index height, const std::vector<std::uint8_t>& pixels) {
    std::string rows;
    for (Index y = 0; y < height; ++y) {
      rows += '\0';  // no filter
      rows.append(reinterpret_cast<const char*>(pixels.data()) + y * width,
                  static_cast<std::size_t>(width));
    }
    const auto length = static_cast<std::uint32_t>(rows.size());
    std::string data = "\x78\x01\x01";  // zlib: one stored block
    for (const std::uint32_t n : {length, ~length}) {
      data += static_cast<char>(n & 255);
      data += static_cast<char>(n >> 8 & 255);
    }
    data += rows + number(adler(rows));
    bytes = "\x89PNG\r\n\x1a\n";
    chunk("IHDR", number(static_cast<std::uint32_t>(width)) +
                      number(static_cast<std::uint32_t>(height)) + std::string("\x08\0\0\0\0", 5));
    chunk("IDAT", data);
    chunk("IEND", "");
  }
  std::string bytes;

 private:
  static std::string number(std::uint32_t n) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 255);
    return text;
  }
  static std::uint32_t adler(const std::string& text) {
    std::uint32_t a = 1, b = 0;
    for (const char byte : text)
      b = (b + (a = (a + static_cast<std::uint8_t>(byte)) % 65521)) % 65521;
    return b << 16 | a;
  }
  void chunk(const std::string& name, const std::string& content) {
    std::uint32_t crc = ~0u;
    for (const char byte : name + content) {
      crc ^= static_cast<std::uint8_t>(byte);
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
    }
    bytes += number(static_cast<std::uint32_t>(content.size())) + name + content + number(~crc);
  }
};

struct Sheet {
  TileGrid grid;
  std::string json, png;
};

Sheet random_sheet(Case& c) {
  Sheet sheet;
  TileGrid& grid = sheet.grid;
  grid = {c.whole(1, 3), c.whole(1, 3), c.whole(1, 4), c.whole(1, 4), 0};
  grid.count = grid.rows * grid.columns - c.whole(0, grid.columns - 1);
  std::vector<std::uint8_t> pixels(
      static_cast<std::size_t>(grid.rows * grid.height * grid.columns * grid.width));
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(c.whole(0, 255));
  sheet.png = Png(grid.columns * grid.width, grid.rows * grid.height, pixels).bytes;
  std::string labels;
  for (Index i = 0; i < grid.count; ++i) labels += static_cast<char>('a' + c.whole(0, 2));
  const Index cut = c.whole(0, grid.count);
  const auto text = [](Index n) { return std::to_string(n); };
  sheet.json = "{\"count\": " + text(grid.count) + ", \"cols\": " + text(grid.columns) +
               ", \"tile\": [" + text(grid.width) + ", " + text(grid.height) +
               "], \"classes\": [\"a\", \"b\", \"c\"], \"labels\": \"" + labels +
               "\", \"splits\": {\"train\": [0, " + text(cut) + "], \"test\": [" + text(cut) +
               ", " + text(grid.count) + "]}}";
  return sheet;
}

ImageSheet load(const std::string& png, const std::string& json) {
  std::ofstream("sheet.png", std::ios::binary) << png;
  std::ofstream("sheet.json", std::ios::binary) << json;
  return ImageSheet::load(".", "sheet");
}

/// Closes a queue however a case ends, so that no thread waits for ever.
template <class T>
struct Closes {
  BoundedQueue<T>& queue;
  ~Closes() { queue.close(); }
};

/// Counts how many examples were made.
struct Counting {
  std::shared_ptr<std::atomic<int>> made = std::make_shared<std::atomic<int>>(0);
  Index size() const { return 40; }
  Example get(Index i) const {
    ++*made;
    return {scalar(static_cast<real>(i)), IndexTensor({i}, {})};
  }
};

}  // namespace

OBSERVE("08.1", "row of an index tensor") {
  const Shape shape = c.shape(1, 4);
  const IndexTensor labels = c.labels(shape, -99, 99);
  see(c, row(labels, c.whole(0, shape[0] - 1)));
}

OBSERVE("08.2", "stack of index tensors, and of shapes that differ") {
  const Shape shape = c.repetition() == 0 ? Shape{} : c.shape(0, 3);
  std::vector<IndexTensor> parts;
  for (Index i = c.whole(1, 4); i > 0; --i) parts.push_back(c.labels(shape, -99, 99));
  see(c, stack(parts));
  const Index n = c.whole(2, 4);
  see_error(c, [&] { (void)stack({c.labels({n, 6}, 0, 9), c.labels({6, n}, 0, 9)}); });
  see_error(c, [&] { (void)stack({c.labels({n}, 0, 9), c.labels({n + 1}, 0, 9)}); });
}

OBSERVE("08.3", "shuffle: every item is still there once") {
  std::vector<Index> items(
      static_cast<std::size_t>(c.repetition() < 2 ? c.repetition() : c.whole(2, 30)));
  for (Index& item : items) item = c.whole(0, 20);
  Rng rng(c.bits()), same = rng;
  std::vector<Index> once = items, again = items;
  shuffle(once, rng);
  shuffle(again, same);
  see(c, sorted(once));
  see(c, once == again);
}

OBSERVE_TIMES(2, "08.3", "shuffle: about how often each order of three comes") {
  Rng rng(c.bits());
  std::map<std::vector<Index>, int> seen;
  for (int i = 0; i < 24'000; ++i) {
    std::vector<Index> items = {0, 1, 2};
    shuffle(items, rng);
    ++seen[items];
  }
  for (const auto& [order, count] : seen) {
    see(c, order);
    see(c, static_cast<Index>(std::lround(count / 800.0)));  // 5; one away would be 7 deviations
  }
}

OBSERVE("08.4", "RandomSampler: what its orders hold, and which of them are equal") {
  const Index n = c.repetition() < 2 ? c.repetition() : c.whole(15, 30);
  const std::uint64_t seed = c.bits();
  std::set<std::vector<Index>> orders;
  for (std::uint64_t more = 0; more < 4; ++more) {
    const RandomSampler sampler(n, seed + more);
    for (Index epoch = 0; epoch < 4; ++epoch) {
      orders.insert(sampler.order(epoch));
      see(c, sampler.order(epoch) == sampler.order(epoch));
    }
  }
  see(c, orders.size());
  see(c, sorted(*orders.begin()));
  RandomSampler sampler(n, seed);
  sampler.set_epoch(3);
  see(c, sampler.order() == sampler.order(3));
  see(c, sampler.order(1) == RandomSampler(n, seed).order(1));
}

OBSERVE("08.5", "split_sizes of any fractions") {
  const Index parts = c.whole(1, 5), n = c.repetition() == 0 ? 0 : c.whole(0, 200);
  std::vector<double> fractions;
  double sum = 0;
  for (Index i = 0; i < parts; ++i) sum += fractions.emplace_back(c.number(0.1, 1));
  for (double& share : fractions) share /= sum;
  see(c, split_sizes(n, fractions));
  see(c, split_sizes(100, {0.29, 0.71}));
  see_error(c, [&] { (void)split_sizes(n, {c.number(0, 0.4), 0.5}); });
}

OBSERVE("08.6", "random_parts: disjoint, complete, in no order") {
  const std::vector<Index> sizes = {c.whole(0, 8), c.whole(12, 20), c.whole(0, 8)};
  const Index n = sizes[0] + sizes[1] + sizes[2];
  Rng rng(c.bits()), same = rng;
  const auto parts = random_parts(n, sizes, rng);
  std::vector<Index> all;
  for (const auto& part : parts) {
    see(c, part.size());
    all.insert(all.end(), part.begin(), part.end());
  }
  see(c, sorted(all));
  see(c, std::is_sorted(all.begin(), all.end()));
  see(c, random_parts(n, sizes, same) == parts);
  see_error(c, [&] { (void)random_parts(n + 1, sizes, rng); });
}

OBSERVE("08.7", "how many batches") {
  for (const bool drop_last : {false, true, false, true}) {
    const Index batch = c.whole(1, 6), n = c.coin() ? batch * c.whole(0, 4) : c.whole(0, 20);
    const DataLoader loader(numbered(c, n), {.batch_size = batch, .drop_last = drop_last});
    see(c, loader.size());
  }
}

OBSERVE("08.8", "a batch of any order, and the epoch that examples are asked for") {
  const Index n = c.whole(1, 12), size = c.whole(1, 5);
  const DataLoader loader(numbered(c, n), {.batch_size = size});
  const std::vector<Index> order = c.permutation(n);
  for (Index number = 0; number * size < n; ++number)
    see_example(c, loader.batch(order, 0, number));
  const DataLoader of_epochs(Epochs{}, {.batch_size = 4});
  const Index epoch = c.whole(1, 9), number = c.whole(0, 2);
  see_example(c, of_epochs.batch(c.permutation(9), epoch, number));
}

OBSERVE("08.9", "RandomCrop: windows of the padded picture, about equally often") {
  const Index padding = c.whole(0, 1), height = c.whole(2, 4), width = c.whole(2, 4);
  const Index tall = height + 2 * padding, wide = width + 2 * padding;
  const Index size = std::max<Index>(1, std::min(tall, wide) - c.whole(0, 1));
  const Tensor x = any_tensor(c, {2, height, width}, 1, 2);
  const Tensor padded = zeros({2, tall, wide});
  padded.slice(1, padding, padding + height).slice(2, padding, padding + width).copy_(x);
  const RandomCrop crop(size, padding);
  Rng rng(c.bits());
  const Index windows = (tall - size + 1) * (wide - size + 1);
  std::map<Index, Index> seen;
  for (Index i = 0; i < 60 * windows; ++i) ++seen[place_of(crop(x, rng), padded)];
  for (const auto& [place, count] : seen) {
    see(c, place);
    see(c, count > 15);  // of 60: six deviations
  }
  see(c, x);
  see_error(c, [&] { (void)RandomCrop(tall + wide, padding)(x, rng); });
}

OBSERVE("08.10", "TransformedDataset: which draws are equal, and what is left alone") {
  const Index n = c.whole(3, 8);
  const auto data = numbered(c, n);
  const std::uint64_t seed = c.bits();
  const TransformedDataset one(data, drawn, seed), same(data, drawn, seed);
  std::set<std::vector<real>> draws;
  for (Index epoch = 0; epoch < 3; ++epoch) {
    for (Index i = 0; i < n; ++i) {
      const Example example = one.get(i, epoch), again = same.get(i - n, epoch);
      see(c, example.y);
      see(c, allclose(example.x, again.x, 0, 0));
      draws.insert({example.x.data()[0], example.x.data()[1]});
    }
  }
  see(c, draws.size());
  const TransformedDataset other(data, drawn, seed + 1);
  see(c, allclose(other.get(0).x, one.get(0).x, 0, 0));
  const Transform twice = [](const Tensor& x, Rng&) { return x * 2; };
  see_example(c, TransformedDataset(data, twice).get(c.whole(0, n - 1)));
  see_example(c, TransformedDataset(Epochs{}, twice).get(1, c.whole(1, 9)));
}

OBSERVE("08.11", "cut_tiles of any grid, from views too") {
  const TileGrid grid = random_sheet(c).grid;
  see(c, cut_tiles(any_tensor(c, {grid.rows * grid.height, grid.columns * grid.width}), grid));
}

OBSERVE("08.12", "text windows") {
  const Index block = c.whole(1, 5), n = block + c.whole(1, 8);
  const TextWindows windows(c.labels({n}, 0, 99), block);
  see(c, windows.size());
  see_example(c, windows.get(c.whole(0, windows.size() - 1)));
  see_example(c, windows.get(-c.whole(1, windows.size())));
  see_error(c, [&] { (void)windows.get(windows.size()); });
}

OBSERVE("08", "pictures from a sheet, and sheets that are damaged") {
  const Sheet sheet = random_sheet(c);
  const ImageSheet images = load(sheet.png, sheet.json);
  see(c, images.size());
  see(c, images.images());
  see(c, images.labels());
  for (const char* name : {"train", "test"}) {
    const auto part = images.split(name);
    see(c, part.size());
    if (part.size() > 0) see_example(c, part.get(-1));
  }
  see_error(c, [&] { (void)images.split("neither"); });
  see_error(c, [&] { (void)load(sheet.png.substr(0, 40), sheet.json); });
  see_error(c, [&] { (void)load(Png(1, 1, {7}).bytes, R"({"count": 2})"); });
  see_error(c, [&] { (void)load(Png(50, 1, std::vector<std::uint8_t>(50)).bytes, sheet.json); });
}

OBSERVE("08", "epochs of a loader over a part of transformed pictures") {
  const Index n = c.whole(8, 16);
  Rng rng(c.bits());
  const auto parts = random_split(numbered(c, n), {0.75, 0.25}, rng);
  const auto &train = parts[0], &test = parts[1];
  see(c, train.size());
  see(c, test.size());
  const Compose augment({RandomHorizontalFlip(1), Normalize(0.5, 2)});
  const TransformedDataset pictures(train, augment, c.bits());
  DataLoader loader(pictures, {.batch_size = c.whole(1, 4), .shuffle = true, .seed = c.bits()});
  const std::vector<Index> first = labels_of(loader), second = labels_of(loader);
  see(c, sorted(first) == sorted(train.indices()));
  see(c, sorted(second) == sorted(first));
  loader.set_epoch(0);
  see(c, labels_of(loader) == first);
  const auto whole = numbered(c, n);
  DataLoader in_order(whole, {.batch_size = c.whole(1, 5), .drop_last = c.coin()});
  for (const auto& batch : in_order) see_example(c, batch);
  see_error(c, [&] { (void)train.get(n); });
}

// The queues come last: one that waits for ever takes what comes after it along.
OBSERVE("08.13", "push until the queue is full, and into a closed one") {
  const Index capacity = c.whole(1, 5), items = c.whole(0, capacity);
  BoundedQueue<Index> queue(static_cast<std::size_t>(capacity));
  for (Index i = 0; i < items; ++i) see(c, queue.push(i));
  queue.close();
  see(c, queue.push(99));
}

OBSERVE("08.14", "pop: first in, first out, and out of a closed queue") {
  BoundedQueue<Index> queue(9);
  for (Index items = c.whole(1, 9); items > 0; --items) (void)queue.push(c.whole(0, 99));
  see(c, queue.pop().value_or(-1));
  queue.close();
  (void)queue.push(100);
  while (const auto item = queue.pop()) see(c, *item);
  see(c, queue.pop().has_value());
}

OBSERVE("08.14", "a queue between two threads") {
  BoundedQueue<Index> queue(static_cast<std::size_t>(c.whole(1, 3)));
  see(c, queue.push(7));
  see(c, queue.pop().value_or(-1));
  const Index count = c.whole(5, 50);
  std::future<void> writer;
  const Closes<Index> closes{queue};
  writer = std::async(std::launch::async, [&] {
    for (Index i = 0; i < count; ++i) (void)queue.push(i);
    queue.close();
  });
  std::vector<Index> items;
  while (const auto item = queue.pop()) items.push_back(*item);
  see(c, items);
}

OBSERVE("08.13", "a loader that works ahead, but not too far") {
  BoundedQueue<Index> queue(1);
  see(c, queue.push(7));
  see(c, queue.pop().value_or(-1));
  const Counting data;
  const Index depth = c.whole(1, 3);
  PrefetchLoader ahead(DataLoader(data, {.batch_size = 1}), {.depth = depth});
  std::vector<Index> labels;
  for (const auto& [x, y] : ahead) {
    labels.push_back(y.item());
    if (labels.size() > 1) continue;
    // Who waits for room is not seen to go on, however long one looks.
    for (int look = 0; look < 30 && *data.made <= depth + 2; ++look)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    see(c, *data.made > depth + 2);
  }
  see(c, labels);
}
