#include "Network.h"

int8_t *Network_MEMORYARENA_L1;
int8_t *Network_MEMORYARENA_L2;

static PI_L1 uint8_t Network_TILING_CODEGEN_L1_conv_numTiles[4] = {0, 3, 6, 8};
static PI_L1 uint8_t Network_TILING_CODEGEN_L1_add_numTiles[2] = {0, 1};

void InitNetwork(uint32_t core_id, uint32_t numThreads) {
  // The arena is called L1, and lives in L2 since nothing is tiled any more.
  Network_MEMORYARENA_L1 = (int8_t *)pi_l2_malloc(sizeof(int8_t) * 121856);
  Network_MEMORYARENA_L2 =
      (int8_t *)pi_l2_malloc(sizeof(int8_t) *
                             Network_MEMORYARENA_L2_len);
}
