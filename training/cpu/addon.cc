// The addon's functions for JavaScript; `network-kernels.ts` describes them.
#include <node_api.h>

#include <memory>
#include <stdexcept>

#include "../../engine/learning/network/network.h"

namespace {

using nca::Network;

/** A call from JavaScript and its arguments. */
class Call {
 public:
  Call(napi_env env, napi_callback_info info) : env_(env) { napi_get_cb_info(env, info, &count_, values_, nullptr, nullptr); }

  /** The values of a typed array of `least` numbers or more. */
  template <typename T>
  T* array(size_t index, size_t least) const {
    napi_typedarray_type type;
    size_t length;
    void* data;
    if (index >= count_) throw std::invalid_argument("An argument is missing.");
    if (napi_get_typedarray_info(env_, values_[index], &type, &length, &data, nullptr, nullptr) != napi_ok ||
        type != typeOf(static_cast<T*>(nullptr))) {
      throw std::invalid_argument("An argument is not an array of the right type.");
    }
    if (length < least) throw std::invalid_argument("An array is too short.");
    return static_cast<T*>(data);
  }

  /** The length of a typed array. */
  size_t lengthOf(size_t index) const {
    size_t length = 0;
    napi_get_typedarray_info(env_, values_[index], nullptr, &length, nullptr, nullptr, nullptr);
    return length;
  }

  /** A whole number from 0 to `most`. */
  int whole(size_t index, int most = 1 << 28) const {
    int64_t value;
    if (index >= count_ || napi_get_value_int64(env_, values_[index], &value) != napi_ok || value < 0 || value > most) {
      throw std::invalid_argument("An argument is not a whole number in its range.");
    }
    return static_cast<int>(value);
  }

  double number(size_t index) const {
    double value;
    if (index >= count_ || napi_get_value_double(env_, values_[index], &value) != napi_ok) {
      throw std::invalid_argument("An argument is not a number.");
    }
    return value;
  }

  /** What holds a network; empty once that is closed. */
  std::unique_ptr<Network>& holder(size_t index) const {
    void* data;
    if (index >= count_ || napi_get_value_external(env_, values_[index], &data) != napi_ok) {
      throw std::invalid_argument("An argument is not a network.");
    }
    return *static_cast<std::unique_ptr<Network>*>(data);
  }

  Network& network(size_t index) const {
    const auto& held = holder(index);
    if (!held) throw std::invalid_argument("The network is closed.");
    return *held;
  }

 private:
  static napi_typedarray_type typeOf(float*) { return napi_float32_array; }
  static napi_typedarray_type typeOf(double*) { return napi_float64_array; }
  static napi_typedarray_type typeOf(int32_t*) { return napi_int32_array; }

  napi_env env_;
  size_t count_ = 12;
  napi_value values_[12];
};

/** A function for JavaScript; what it throws becomes an exception there. */
template <napi_value (*FUNCTION)(napi_env, const Call&)>
napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    return FUNCTION(env, Call(env, info));
  } catch (const std::exception& fault) {
    napi_throw_error(env, nullptr, fault.what());
    return nullptr;
  }
}

/** openNetwork(channels, filters, perceptionActivation, layers [many, 3], count, channelOfUnit, scale, noise) */
napi_value openNetwork(napi_env env, const Call& call) {
  nca::Shape shape;
  shape.channels = call.whole(0);
  shape.filters = call.whole(1);
  shape.perception = static_cast<nca::Activation>(call.whole(2, 3));
  const int count = call.whole(4);
  const int32_t* layers = call.array<int32_t>(3, 3 * size_t(count));
  for (int index = 0; index < count; ++index, layers += 3) {
    shape.layers.push_back({layers[0], layers[1], static_cast<nca::Activation>(layers[2])});
  }
  if (shape.layers.empty()) throw std::invalid_argument("A network has a layer or more.");
  const int units = shape.layers.back().units;
  const int32_t* channelOfUnit = call.array<int32_t>(5, units);
  shape.channelOfUnit.assign(channelOfUnit, channelOfUnit + units);
  shape.scale = static_cast<float>(call.number(6));
  const float* noise = call.array<float>(7, 0);
  shape.noise.assign(noise, noise + call.lengthOf(7));
  auto holder = std::make_unique<std::unique_ptr<Network>>(std::make_unique<Network>(std::move(shape)));
  napi_value handle;
  const auto destroy = [](napi_env, void* data, void*) { delete static_cast<std::unique_ptr<Network>*>(data); };
  if (napi_create_external(env, holder.get(), destroy, nullptr, &handle) != napi_ok) {
    throw std::runtime_error("The network has no handle.");
  }
  holder.release();
  return handle;
}

/** closeNetwork(network) */
napi_value closeNetwork(napi_env, const Call& call) {
  call.holder(0).reset();
  return nullptr;
}

/** setWeights(network, flat) */
napi_value setWeights(napi_env, const Call& call) {
  Network& network = call.network(0);
  network.setWeights(call.array<float>(1, network.weightCount()));
  return nullptr;
}

/** The arguments from `first` on: rows, live, steps, neighbours, fired, firedCounts, noiseStarts. */
nca::Rollout rolloutOf(const Call& call, size_t first) {
  nca::Rollout rollout{};
  rollout.rows = call.whole(first);
  rollout.live = call.whole(first + 1, rollout.rows);
  rollout.steps = call.whole(first + 2);
  rollout.neighbours = call.array<int32_t>(first + 3, (size_t(rollout.live) + 1) * 9);
  rollout.firedCounts = call.array<int32_t>(first + 5, rollout.steps);
  size_t fired = 0;
  for (int step = 0; step < rollout.steps; ++step) fired += rollout.firedCounts[step];
  rollout.fired = call.array<int32_t>(first + 4, fired);
  rollout.noiseStarts = call.array<int32_t>(first + 6, rollout.steps);
  return rollout;
}

/** run(network, state, keep, …rollout) */
napi_value run(napi_env, const Call& call) {
  Network& network = call.network(0);
  const nca::Rollout rollout = rolloutOf(call, 3);
  float* state = call.array<float>(1, size_t(rollout.rows) * network.shape().channels);
  network.run(rollout, state, call.whole(2, 1) == 1);
  return nullptr;
}

/** differentiate(network, slope, gradient, …rollout) */
napi_value differentiate(napi_env, const Call& call) {
  Network& network = call.network(0);
  const nca::Rollout rollout = rolloutOf(call, 3);
  const float* slope = call.array<float>(1, size_t(rollout.live) * network.shape().channels);
  network.differentiate(rollout, slope, call.array<float>(2, network.weightCount()));
  return nullptr;
}

/** multiply(a, aOffset, aRow, aInner, b, bOffset, bRow, bColumn, rows, inner, columns, out) */
napi_value multiply(napi_env, const Call& call) {
  const int aOffset = call.whole(1), aRow = call.whole(2), aInner = call.whole(3);
  const int bOffset = call.whole(5), bRow = call.whole(6), bColumn = call.whole(7);
  const int rows = call.whole(8), inner = call.whole(9), columns = call.whole(10);
  if (rows == 0 || inner == 0 || columns == 0) return nullptr;
  const auto last = [](int offset, int count, int stride, int others, int step) {
    return size_t(offset) + size_t(count - 1) * stride + size_t(others - 1) * step + 1;
  };
  const float* a = call.array<float>(0, last(aOffset, rows, aRow, inner, aInner)) + aOffset;
  const float* b = call.array<float>(4, last(bOffset, inner, bRow, columns, bColumn)) + bOffset;
  double* out = call.array<double>(11, size_t(rows) * columns);
  nca::multiply({a, aRow, aInner}, {b, bRow, bColumn}, rows, inner, columns, out);
  return nullptr;
}

void expose(napi_env env, napi_value exports, const char* name, napi_callback function) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
  napi_set_named_property(env, exports, name, value);
}

}  // namespace

NAPI_MODULE_INIT() {
  expose(env, exports, "openNetwork", guarded<openNetwork>);
  expose(env, exports, "closeNetwork", guarded<closeNetwork>);
  expose(env, exports, "setWeights", guarded<setWeights>);
  expose(env, exports, "run", guarded<run>);
  expose(env, exports, "differentiate", guarded<differentiate>);
  expose(env, exports, "multiply", guarded<multiply>);
  return exports;
}
