// One model's network: steps on lists of live cells, and back-propagation
// through them. It computes what `rollout/rollout.ts` computes with TensorFlow;
// `rollout/batch.ts` describes the rows.
//
// The same code is compiled to WebAssembly for the page and for Node
// (`wasm.cc`), and to an addon of Node (`training/cpu`).
#pragma once

#include <cstdint>
#include <vector>

#include "matrix.h"

namespace nca {

/** In the order of `ACTIVATIONS` of the engine. */
enum class Activation { none, relu, leakyRelu, tanh };

/** A 1×1 layer, or the full 3×3 convolution, whose inputs are the nine cells. */
struct Dense {
  int inputs;
  int units;
  Activation activation;
};

struct Shape {
  int channels;
  /** 3×3 filters a channel; 0 where the first layer sees the nine cells as they are. */
  int filters;
  Activation perception;
  std::vector<Dense> layers;
  /** The channel that each unit of the last layer changes; −1 for none. */
  std::vector<int> channelOfUnit;
  /** What an update is multiplied by before it is added. */
  float scale;
  /** Noise for updates [many, channels], or nothing. */
  std::vector<float> noise;
};

/** Steps of one batch. Rows are live cells, the empty row, then cells that are only seen. */
struct Rollout {
  int rows;
  int live;
  int steps;
  /** [live + 1, 9]. */
  const int32_t* neighbours;
  /** The live rows that fire, step after step, and how many they are in each. */
  const int32_t* fired;
  const int32_t* firedCounts;
  /** The row of the noise at which each step's begins. */
  const int32_t* noiseStarts;
};

class Network {
 public:
  explicit Network(Shape shape);

  /** Numbers of the flat weights: the perception's filters, then kernel and bias of every layer. */
  size_t weightCount() const { return weightCount_; }
  const Shape& shape() const { return shape_; }

  void setWeights(const float* flat);

  /** Takes the steps from `state` [rows, channels], in place. What the way back needs is kept if `keep`. */
  void run(const Rollout& rollout, float* state, bool keep);

  /**
   * The gradient of the flat weights, for the slope [live, channels] of a loss at
   * the end of the last run, which was kept and had the same rollout.
   */
  void differentiate(const Rollout& rollout, const float* slope, float* gradient);

 private:
  struct Layer {
    std::vector<float> forward;
    std::vector<float> back;
    std::vector<float> bias;
    std::vector<float> kernelSlope;
    std::vector<float> biasSlope;
  };
  struct Block;

  void step(const Rollout& rollout, int index, size_t firstPlace, const float* state, float* next, bool keep);
  void stepBack(const Rollout& rollout, int index, size_t firstPlace, const float* slope, float* before);
  void perceive(const Rollout& rollout, const int32_t* fired, int count, const float* state, float* features) const;
  void perceiveBack(const Rollout& rollout, const int32_t* fired, int count, const float* state, const float* slope,
                    float* before);
  /** Where the inputs of a layer are, from a place of the trace on. */
  float* inputsAt(size_t layer, size_t place) { return trace_[layer].data() + place * inputRow_[layer]; }
  float* kernelRow(std::vector<float>& kernel, size_t layer, int input) const;

  const Shape shape_;
  /** Channels of a row, padded to whole vectors. */
  const int stateRow_;
  /** Features of the perception, and the layers' inputs and outputs as they are padded. */
  const int features_;
  /** A batch with more cells than that has the same noise twice. */
  const size_t noiseRows_;
  std::vector<int> inputRow_;
  std::vector<int> unitRow_;
  size_t weightCount_ = 0;

  /** [9, filters, stateRow]. */
  std::vector<float> filters_;
  std::vector<float> filterSlope_;
  std::vector<Layer> layers_;

  /** The state before each step and after the last one, and the inputs of the layers at all places. */
  std::vector<std::vector<float>> states_;
  std::vector<std::vector<float>> trace_;
  /** Scratch of one block: outputs, or slopes of outputs and of inputs. */
  std::vector<float> update_;
  std::vector<float> slopes_[2];
};

}  // namespace nca
