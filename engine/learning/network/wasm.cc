// The functions of the WebAssembly module; `wasm-kernels.ts` calls them. All
// pointers are places in the module's memory.
#include <cstdlib>

#include "network.h"

using nca::Network;
using nca::Rollout;

#define EXPORT(name) __attribute__((export_name(#name)))

extern "C" {

EXPORT(allocate) void* allocate(size_t bytes) { return std::malloc(bytes); }

EXPORT(release) void release(void* memory) { std::free(memory); }

EXPORT(openNetwork)
Network* openNetwork(int channels, int filters, int perception, const int32_t* layers, int count,
                     const int32_t* channelOfUnit, float scale, const float* noise, int noiseLength) {
  nca::Shape shape;
  shape.channels = channels;
  shape.filters = filters;
  shape.perception = static_cast<nca::Activation>(perception);
  for (int index = 0; index < count; ++index, layers += 3) {
    shape.layers.push_back({layers[0], layers[1], static_cast<nca::Activation>(layers[2])});
  }
  shape.channelOfUnit.assign(channelOfUnit, channelOfUnit + shape.layers.back().units);
  shape.scale = scale;
  shape.noise.assign(noise, noise + noiseLength);
  return new Network(std::move(shape));
}

EXPORT(closeNetwork) void closeNetwork(Network* network) { delete network; }

EXPORT(setWeights) void setWeights(Network* network, const float* flat) { network->setWeights(flat); }

EXPORT(run) void run(Network* network, float* state, int keep, const Rollout* rollout) {
  network->run(*rollout, state, keep != 0);
}

EXPORT(differentiate)
void differentiate(Network* network, const float* slope, float* gradient, const Rollout* rollout) {
  network->differentiate(*rollout, slope, gradient);
}

EXPORT(multiply)
void multiply(const float* a, int aRow, int aInner, const float* b, int bRow, int bColumn, int rows, int inner,
              int columns, double* out) {
  nca::multiply({a, aRow, aInner}, {b, bRow, bColumn}, rows, inner, columns, out);
}

}
