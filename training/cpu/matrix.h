// Products of small matrices, for processors with vectors of 32 bytes.
//
// A product is made of tiles of up to six rows and two vectors, whose sums stay
// in registers over the whole inner dimension. Every element is added up in the
// same order whatever the number of rows, so results do not depend on how rows
// are shared out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace nca {

constexpr int VECTOR_BYTES = 32;
constexpr int TILE_ROWS = 6;

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

/** The left operand: element (row, k) is at values[row * row + k * inner]. */
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
#pragma GCC unroll 6
  for (int row = 0; row < ROWS; ++row) {
    low[row] = start.values ? L::load(start.values + row * start.row) : typename L::Vector{};
    high[row] = start.values ? L::load(start.values + row * start.row + WIDTH) : typename L::Vector{};
  }
  const T* left = a.values;
  for (int k = 0; k < inner; ++k, left += a.inner, b += bInner) {
    const typename L::Vector b0 = L::load(b), b1 = L::load(b + WIDTH);
#pragma GCC unroll 6
    for (int row = 0; row < ROWS; ++row) {
      const T factor = left[row * a.row];
      low[row] += factor * b0;
      high[row] += factor * b1;
    }
  }
#pragma GCC unroll 6
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
        case 4: tile<T, 4>(left, b.values, b.inner, inner, to, outRow, from); break;
        case 5: tile<T, 5>(left, b.values, b.inner, inner, to, outRow, from); break;
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

}  // namespace nca
