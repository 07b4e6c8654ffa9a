extern int8_t *Network_MEMORYARENA_L1;
static const uint32_t Network_MEMORYARENA_L1_len = 121856;
extern int8_t *Network_MEMORYARENA_L2;
static const uint32_t Network_MEMORYARENA_L2_len = 739328;
