#include "network.h"

#include <cmath>

namespace nca {

namespace {

constexpr int TAPS = 9;
/** Cells that go through all layers together, so that what they have is still in the cache. */
constexpr int BLOCK = 96;
/** The slope of the leaky ReLU below zero. */
constexpr float LEAK = 0.01F;

void activate(Activation activation, float* values, size_t count) {
  switch (activation) {
    case Activation::none: return;
    case Activation::relu:
      for (size_t at = 0; at < count; ++at) values[at] = values[at] > 0 ? values[at] : 0;
      return;
    case Activation::leakyRelu:
      for (size_t at = 0; at < count; ++at) values[at] = values[at] > 0 ? values[at] : LEAK * values[at];
      return;
    case Activation::tanh:
      for (size_t at = 0; at < count; ++at) values[at] = std::tanh(values[at]);
  }
}

/** Multiplies slopes by those of an activation where its outputs are these. */
void passBack(Activation activation, const float* outputs, float* slopes, size_t count) {
  switch (activation) {
    case Activation::none: return;
    case Activation::relu:
      for (size_t at = 0; at < count; ++at) slopes[at] = outputs[at] > 0 ? slopes[at] : 0;
      return;
    case Activation::leakyRelu:
      for (size_t at = 0; at < count; ++at) slopes[at] *= outputs[at] > 0 ? 1 : LEAK;
      return;
    case Activation::tanh:
      for (size_t at = 0; at < count; ++at) slopes[at] *= 1 - outputs[at] * outputs[at];
  }
}

/** to += a · b, value by value; none of them overlap. */
void addProduct(float* __restrict to, const float* __restrict a, const float* __restrict b, int count) {
  for (int at = 0; at < count; ++at) to[at] += a[at] * b[at];
}

/** to += from; they do not overlap. */
void add(float* __restrict to, const float* __restrict from, int count) {
  for (int at = 0; at < count; ++at) to[at] += from[at];
}

}  // namespace

Network::Network(Shape shape)
    : shape_(std::move(shape)),
      stateRow_(padded<float>(shape_.channels)),
      features_(shape_.channels * (shape_.filters > 0 ? shape_.filters : TAPS)),
      noiseRows_(shape_.noise.size() / shape_.channels),
      layers_(shape_.layers.size()),
      trace_(shape_.layers.size()) {
  const size_t filterCount = size_t(TAPS) * shape_.filters * stateRow_;
  filters_.resize(filterCount);
  filterSlope_.resize(filterCount);
  weightCount_ = size_t(TAPS) * shape_.filters * shape_.channels;
  int widest = padded<float>(features_);
  for (size_t index = 0; index < layers_.size(); ++index) {
    const auto [inputs, units, activation] = shape_.layers[index];
    const int inputRow = padded<float>(inputs);
    const int unitRow = padded<float>(units);
    inputRow_.push_back(inputRow);
    unitRow_.push_back(unitRow);
    layers_[index].forward.resize(size_t(inputs) * unitRow);
    layers_[index].back.resize(size_t(units) * inputRow);
    layers_[index].bias.resize(unitRow);
    layers_[index].kernelSlope.resize(size_t(inputs) * unitRow);
    layers_[index].biasSlope.resize(unitRow);
    weightCount_ += size_t(inputs) * units + units;
    widest = std::max(widest, unitRow);
  }
  update_.resize(size_t(BLOCK) * widest);
  for (auto& scratch : slopes_) scratch.resize(size_t(BLOCK) * widest);
}

/**
 * The input of the first layer that stands in a row of its stored kernel. Filters
 * are stored channel by channel, but computed filter by filter, as vectors run
 * over channels.
 */
static int inputOfStoredRow(const Shape& shape, size_t layer, int row) {
  if (layer > 0 || shape.filters == 0) return row;
  return row % shape.filters * shape.channels + row / shape.filters;
}

void Network::setWeights(const float* flat) {
  const int channels = shape_.channels;
  const int filters = shape_.filters;
  for (int tap = 0; tap < TAPS; ++tap) {
    for (int channel = 0; channel < channels; ++channel) {
      for (int filter = 0; filter < filters; ++filter) {
        filters_[size_t(tap * filters + filter) * stateRow_ + channel] = *flat++;
      }
    }
  }
  std::vector<float> kernel;
  for (size_t index = 0; index < layers_.size(); ++index) {
    const auto [inputs, units, activation] = shape_.layers[index];
    kernel.resize(size_t(inputs) * units);
    for (int row = 0; row < inputs; ++row, flat += units) {
      std::copy_n(flat, units, kernel.data() + size_t(inputOfStoredRow(shape_, index, row)) * units);
    }
    Layer& layer = layers_[index];
    pack(kernel.data(), units, 1, inputs, units, layer.forward.data());
    pack(kernel.data(), 1, units, units, inputs, layer.back.data());
    std::copy_n(flat, units, layer.bias.data());
    flat += units;
  }
}

void Network::run(const Rollout& rollout, float* state, bool keep) {
  const int channels = shape_.channels;
  const size_t size = size_t(rollout.rows) * stateRow_;
  const size_t kept = keep ? rollout.steps + 1 : 2;
  if (states_.size() < kept) states_.resize(kept);
  size_t places = 0;
  for (int step = 0; step < rollout.steps; ++step) places += rollout.firedCounts[step];
  for (size_t layer = 0; layer < layers_.size(); ++layer) {
    const size_t length = (keep ? places : BLOCK) * inputRow_[layer];
    if (trace_[layer].size() < length) trace_[layer].resize(length);
  }

  states_[0].assign(size, 0);
  for (int row = 0; row < rollout.rows; ++row) {
    std::copy_n(state + size_t(row) * channels, channels, states_[0].data() + size_t(row) * stateRow_);
  }
  size_t place = 0;
  for (int index = 0; index < rollout.steps; ++index) {
    const std::vector<float>& before = states_[keep ? index : index % 2];
    std::vector<float>& after = states_[keep ? index + 1 : (index + 1) % 2];
    after = before;
    step(rollout, index, place, before.data(), after.data(), keep);
    place += rollout.firedCounts[index];
  }
  const std::vector<float>& last = states_[keep ? rollout.steps : rollout.steps % 2];
  for (int row = 0; row < rollout.rows; ++row) {
    std::copy_n(last.data() + size_t(row) * stateRow_, channels, state + size_t(row) * channels);
  }
}

void Network::step(const Rollout& rollout, int index, size_t firstPlace, const float* state, float* next, bool keep) {
  const int32_t* fired = rollout.fired + firstPlace;
  const int firedCount = rollout.firedCounts[index];
  const int units = shape_.layers.back().units;
  for (int first = 0; first < firedCount; first += BLOCK) {
    const int count = std::min(BLOCK, firedCount - first);
    const size_t place = keep ? firstPlace + first : 0;
    perceive(rollout, fired + first, count, state, inputsAt(0, place));
    for (size_t layer = 0; layer < layers_.size(); ++layer) {
      const bool isLast = layer + 1 == layers_.size();
      float* out = isLast ? update_.data() : inputsAt(layer + 1, place);
      const Layer& weights = layers_[layer];
      const int inputs = shape_.layers[layer].inputs;
      const Right<float> kernel{weights.forward.data(), ptrdiff_t(inputs) * TILE_COLUMNS<float>, TILE_COLUMNS<float>};
      product<float>({inputsAt(layer, place), inputRow_[layer], 1}, kernel, count, inputs, unitRow_[layer], out,
                     unitRow_[layer], {weights.bias.data(), 0});
      activate(shape_.layers[layer].activation, out, size_t(count) * unitRow_[layer]);
    }
    for (int row = 0; row < count; ++row) {
      float* to = next + size_t(fired[first + row]) * stateRow_;
      const float* update = update_.data() + size_t(row) * unitRow_.back();
      for (int unit = 0; unit < units; ++unit) {
        const int channel = shape_.channelOfUnit[unit];
        if (channel >= 0) to[channel] += shape_.scale * update[unit];
      }
      if (shape_.noise.empty()) continue;
      const size_t noiseRow = (size_t(rollout.noiseStarts[index]) + first + row) % noiseRows_;
      add(to, shape_.noise.data() + noiseRow * shape_.channels, shape_.channels);
    }
  }
}

void Network::perceive(const Rollout& rollout, const int32_t* fired, int count, const float* state,
                       float* features) const {
  const int channels = shape_.channels;
  for (int row = 0; row < count; ++row, features += inputRow_[0]) {
    const int32_t* neighbours = rollout.neighbours + size_t(fired[row]) * TAPS;
    if (shape_.filters == 0) {
      for (int tap = 0; tap < TAPS; ++tap) {
        std::copy_n(state + size_t(neighbours[tap]) * stateRow_, channels, features + tap * channels);
      }
      continue;
    }
    std::fill_n(features, features_, 0.0F);
    for (int tap = 0; tap < TAPS; ++tap) {
      // What is outside is zero.
      if (neighbours[tap] == rollout.live) continue;
      const float* seen = state + size_t(neighbours[tap]) * stateRow_;
      for (int filter = 0; filter < shape_.filters; ++filter) {
        const float* taps = filters_.data() + size_t(tap * shape_.filters + filter) * stateRow_;
        float* to = features + filter * channels;
        addProduct(to, taps, seen, channels);
      }
    }
    activate(shape_.perception, features, features_);
  }
}

void Network::differentiate(const Rollout& rollout, const float* slope, float* gradient) {
  const int channels = shape_.channels;
  std::fill(filterSlope_.begin(), filterSlope_.end(), 0.0F);
  for (Layer& layer : layers_) {
    std::fill(layer.kernelSlope.begin(), layer.kernelSlope.end(), 0.0F);
    std::fill(layer.biasSlope.begin(), layer.biasSlope.end(), 0.0F);
  }
  std::vector<float> after(size_t(rollout.live) * stateRow_);
  std::vector<float> before;
  for (int row = 0; row < rollout.live; ++row) {
    std::copy_n(slope + size_t(row) * channels, channels, after.data() + size_t(row) * stateRow_);
  }
  size_t place = 0;
  for (int index = 0; index < rollout.steps; ++index) place += rollout.firedCounts[index];
  for (int index = rollout.steps - 1; index >= 0; --index) {
    place -= rollout.firedCounts[index];
    before = after;
    // The state before the first step does not depend on the weights.
    stepBack(rollout, index, place, after.data(), index > 0 ? before.data() : nullptr);
    std::swap(before, after);
  }

  for (int tap = 0; tap < TAPS; ++tap) {
    for (int channel = 0; channel < channels; ++channel) {
      for (int filter = 0; filter < shape_.filters; ++filter) {
        *gradient++ = filterSlope_[size_t(tap * shape_.filters + filter) * stateRow_ + channel];
      }
    }
  }
  for (size_t index = 0; index < layers_.size(); ++index) {
    const auto [inputs, units, activation] = shape_.layers[index];
    for (int row = 0; row < inputs; ++row, gradient += units) {
      const size_t from = size_t(inputOfStoredRow(shape_, index, row)) * unitRow_[index];
      std::copy_n(layers_[index].kernelSlope.data() + from, units, gradient);
    }
    std::copy_n(layers_[index].biasSlope.data(), units, gradient);
    gradient += units;
  }
}

void Network::stepBack(const Rollout& rollout, int index, size_t firstPlace, const float* slope, float* before) {
  const int32_t* fired = rollout.fired + firstPlace;
  const int firedCount = rollout.firedCounts[index];
  const int units = shape_.layers.back().units;
  for (int first = 0; first < firedCount; first += BLOCK) {
    const int count = std::min(BLOCK, firedCount - first);
    const size_t place = firstPlace + first;
    float* out = slopes_[0].data();
    float* in = slopes_[1].data();
    std::fill_n(out, size_t(count) * unitRow_.back(), 0.0F);
    for (int row = 0; row < count; ++row) {
      const float* from = slope + size_t(fired[first + row]) * stateRow_;
      float* to = out + size_t(row) * unitRow_.back();
      for (int unit = 0; unit < units; ++unit) {
        const int channel = shape_.channelOfUnit[unit];
        if (channel >= 0) to[unit] = shape_.scale * from[channel];
      }
    }
    for (size_t layer = layers_.size(); layer-- > 0;) {
      const int inputs = shape_.layers[layer].inputs;
      const int unitRow = unitRow_[layer];
      const int inputRow = inputRow_[layer];
      Layer& weights = layers_[layer];
      const bool isLast = layer + 1 == layers_.size();
      if (!isLast) {
        passBack(shape_.layers[layer].activation, inputsAt(layer + 1, place), out, size_t(count) * unitRow);
      }
      float* kernelSlope = weights.kernelSlope.data();
      product<float>({inputsAt(layer, place), 1, inputRow}, {out, TILE_COLUMNS<float>, unitRow}, inputs, count, unitRow,
                     kernelSlope, unitRow, {kernelSlope, unitRow});
      for (int row = 0; row < count; ++row) add(weights.biasSlope.data(), out + size_t(row) * unitRow, unitRow);
      if (layer == 0 && shape_.filters == 0 && !before) break;
      const int outputs = shape_.layers[layer].units;
      const Right<float> kernel{weights.back.data(), ptrdiff_t(outputs) * TILE_COLUMNS<float>, TILE_COLUMNS<float>};
      product<float>({out, unitRow, 1}, kernel, count, outputs, inputRow, in, inputRow, {nullptr, 0});
      std::swap(in, out);
    }
    if (shape_.filters > 0 || before) {
      if (shape_.filters > 0) {
        passBack(shape_.perception, inputsAt(0, place), out, size_t(count) * inputRow_[0]);
      }
      perceiveBack(rollout, fired + first, count, states_[index].data(), out, before);
    }
  }
}

void Network::perceiveBack(const Rollout& rollout, const int32_t* fired, int count, const float* state,
                           const float* slope, float* before) {
  const int channels = shape_.channels;
  for (int row = 0; row < count; ++row, slope += inputRow_[0]) {
    const int32_t* neighbours = rollout.neighbours + size_t(fired[row]) * TAPS;
    for (int tap = 0; tap < TAPS; ++tap) {
      const int neighbour = neighbours[tap];
      if (neighbour == rollout.live) continue;
      // Rows behind the live ones never change, so nothing asks for their slope.
      float* to = before && neighbour < rollout.live ? before + size_t(neighbour) * stateRow_ : nullptr;
      if (shape_.filters == 0) {
        if (to) add(to, slope + tap * channels, channels);
        continue;
      }
      const float* seen = state + size_t(neighbour) * stateRow_;
      for (int filter = 0; filter < shape_.filters; ++filter) {
        const size_t at = size_t(tap * shape_.filters + filter) * stateRow_;
        const float* from = slope + filter * channels;
        addProduct(filterSlope_.data() + at, seen, from, channels);
        if (to) addProduct(to, filters_.data() + at, from, channels);
      }
    }
  }
}

}  // namespace nca
