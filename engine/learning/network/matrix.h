// Products of small matrices, for AVX2 with its vectors of 32 bytes, and for
// WebAssembly and others with vectors of 16.
//
// A product is made of tiles of up to TILE_ROWS rows and two vectors, whose sums stay
// in registers over the whole inner dimension. Every element is added up in the
// same order whatever the number of rows, so results do not depend on how rows
// are shared out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

namespace nca {

#ifdef __AVX2__
constexpr int VECTOR_BYTES = 32;
#else
constexpr int VECTOR_BYTES = 16;
#endif
// A tile's sums have to fit into the registers, of which WebAssembly has as many as x86.
#ifdef __wasm__
constexpr int TILE_ROWS = 4;
#else
constexpr int TILE_ROWS = 6;
#endif

// A tile's sums are only in registers if the loops over its rows are gone.
#ifdef __clang__
#define NCA_UNROLL _Pragma("unroll")
#else
#define NCA_UNROLL _Pragma("GCC unroll 6")
#endif

/** The columns of a tile. The rows of outputs and panels are padded to a multiple of them. */
template <typename T>
constexpr int TILE_COLUMNS = 2 * VECTOR_BYTES / sizeof(T);

/** `count` rounded up to whole tiles. */
template <typename T>
constexpr int padded(int count) {
  return (count + TILE_COLUMNS<T> - 1) / TILE_COLUMNS<T> * TILE_COLUMNS<T>;
}

template <typename T>
struct Lanes {
  typedef T Vector __attribute__((vector_size(VECTOR_BYTES)));

  static Vector load(const T* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
  }

  static void store(T* to, Vector vector) { std::memcpy(to, &vector, sizeof vector); }
};

/** A matrix of any strides: element (row, k) is at values[row * this.row + k * this.inner]. */
template <typename T>
struct Left {
  const T* values;
  ptrdiff_t row;
  ptrdiff_t inner;
};

/** The right operand, in panels of TILE_COLUMNS columns: element (k, column) of a panel is at panel + k * inner + column. */
template <typename T>
struct Right {
  const T* values;
  ptrdiff_t panel;
  ptrdiff_t inner;
};

/** What the sums begin with; null for zeros. A row stride of 0 repeats one row, such as a bias. */
template <typename T>
struct Start {
  const T* values;
  ptrdiff_t row;
};

template <typename T, int ROWS>
void tile(Left<T> a, const T* b, ptrdiff_t bInner, int inner, T* out, ptrdiff_t outRow, Start<T> start) {
  using L = Lanes<T>;
  constexpr int WIDTH = VECTOR_BYTES / sizeof(T);
  typename L::Vector low[ROWS], high[ROWS];
  NCA_UNROLL
  for (int row = 0; row < ROWS; ++row) {
    low[row] = start.values ? L::load(start.values + row * start.row) : typename L::Vector{};
    high[row] = start.values ? L::load(start.values + row * start.row + WIDTH) : typename L::Vector{};
  }
  const T* left = a.values;
  for (int k = 0; k < inner; ++k, left += a.inner, b += bInner) {
    const typename L::Vector b0 = L::load(b), b1 = L::load(b + WIDTH);
  NCA_UNROLL
    for (int row = 0; row < ROWS; ++row) {
      const T factor = left[row * a.row];
      low[row] += factor * b0;
      high[row] += factor * b1;
    }
  }
  NCA_UNROLL
  for (int row = 0; row < ROWS; ++row) {
    L::store(out + row * outRow, low[row]);
    L::store(out + row * outRow + WIDTH, high[row]);
  }
}

/**
 * out [rows, columns] = start + a · b. `columns` is a multiple of TILE_COLUMNS,
 * and so are the rows that `out` and `start` are read and written by.
 */
template <typename T>
void product(Left<T> a, Right<T> b, int rows, int inner, int columns, T* out, ptrdiff_t outRow, Start<T> start) {
  for (int column = 0; column < columns; column += TILE_COLUMNS<T>, b.values += b.panel) {
    for (int row = 0; row < rows; row += TILE_ROWS) {
      const Left<T> left{a.values + row * a.row, a.row, a.inner};
      const Start<T> from{start.values ? start.values + row * start.row + column : nullptr, start.row};
      T* to = out + row * outRow + column;
      switch (std::min(TILE_ROWS, rows - row)) {
        case 1: tile<T, 1>(left, b.values, b.inner, inner, to, outRow, from); break;
        case 2: tile<T, 2>(left, b.values, b.inner, inner, to, outRow, from); break;
        case 3: tile<T, 3>(left, b.values, b.inner, inner, to, outRow, from); break;
#ifndef __wasm__
        case 4: tile<T, 4>(left, b.values, b.inner, inner, to, outRow, from); break;
        case 5: tile<T, 5>(left, b.values, b.inner, inner, to, outRow, from); break;
#endif
        default: tile<T, TILE_ROWS>(left, b.values, b.inner, inner, to, outRow, from);
      }
    }
  }
}

/**
 * Packs a matrix [rows, columns] of any strides and type into panels, with zeros
 * up to whole panels; `packed` has room for rows * padded(columns).
 */
template <typename T, typename Source>
Right<T> pack(const Source* values, ptrdiff_t row, ptrdiff_t column, int rows, int columns, T* packed) {
  constexpr int WIDTH = TILE_COLUMNS<T>;
  T* to = packed;
  for (int first = 0; first < columns; first += WIDTH) {
    for (int k = 0; k < rows; ++k) {
      for (int at = first; at < first + WIDTH; ++at) *to++ = at < columns ? T(values[k * row + at * column]) : T(0);
    }
  }
  return {packed, ptrdiff_t(rows) * WIDTH, WIDTH};
}

/** out [rows, columns] = a · b, added up in double precision, for any strides. */
inline void multiply(Left<float> a, Left<float> b, int rows, int inner, int columns, double* out) {
  const int width = padded<double>(columns);
  std::vector<double> left(size_t(rows) * inner), right(size_t(inner) * width), sums(size_t(rows) * width);
  for (int row = 0; row < rows; ++row) {
    for (int k = 0; k < inner; ++k) left[size_t(row) * inner + k] = a.values[row * a.row + k * a.inner];
  }
  const Right<double> panels = pack(b.values, b.row, b.inner, inner, columns, right.data());
  product<double>({left.data(), inner, 1}, panels, rows, inner, width, sums.data(), width, {nullptr, 0});
  for (int row = 0; row < rows; ++row) std::copy_n(sums.data() + size_t(row) * width, columns, out + size_t(row) * columns);
}

}  // namespace nca
