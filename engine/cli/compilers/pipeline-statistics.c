/*
 * Reports how a Vulkan driver compiles fragment shaders: for each, the CPU time for compiling, the driver's own
 * statistics, and the assembly.
 *
 * pipeline-statistics VERTEX.spv (TARGETS BINDINGS FRAGMENT.spv)...
 *
 * BINDINGS has a letter for each binding of set 0: b for a uniform block, s for a sampler. Prints for each shader
 * "@time SECONDS", a line "@statistic NAME=VALUE" for each statistic, then "@assembly" and the text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <vulkan/vulkan.h>

#define MOST_BINDINGS 64
#define MOST_TARGETS 8
#define MOST_EXECUTABLES 8
#define MOST_STATISTICS 64
#define MOST_TEXTS 8

#define CHECK(call)                                                \
  do {                                                             \
    VkResult result = (call);                                      \
    if (result != VK_SUCCESS) {                                    \
      fprintf(stderr, "%s failed with %d\n", #call, (int)result);  \
      exit(3);                                                     \
    }                                                              \
  } while (0)

static PFN_vkGetPipelineExecutablePropertiesKHR get_executables;
static PFN_vkGetPipelineExecutableStatisticsKHR get_statistics;
static PFN_vkGetPipelineExecutableInternalRepresentationsKHR get_texts;

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static VkShaderModule read_module(VkDevice device, const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  size_t size = ftell(file);
  rewind(file);
  void *code = malloc(size);
  if (fread(code, 1, size, file) != size) {
    perror(path);
    exit(2);
  }
  fclose(file);
  VkShaderModuleCreateInfo info = {VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO};
  info.codeSize = size;
  info.pCode = code;
  VkShaderModule module;
  CHECK(vkCreateShaderModule(device, &info, NULL, &module));
  free(code);
  return module;
}

static VkDevice open_device(void) {
  VkApplicationInfo application = {VK_STRUCTURE_TYPE_APPLICATION_INFO};
  application.apiVersion = VK_API_VERSION_1_3;
  VkInstanceCreateInfo instance_info = {VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  instance_info.pApplicationInfo = &application;
  VkInstance instance;
  CHECK(vkCreateInstance(&instance_info, NULL, &instance));
  uint32_t count = 1;
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  vkEnumeratePhysicalDevices(instance, &count, &physical);
  if (count == 0) {
    fprintf(stderr, "the driver shows no device\n");
    exit(3);
  }
  VkPhysicalDeviceProperties properties;
  vkGetPhysicalDeviceProperties(physical, &properties);
  printf("@device %s\n", properties.deviceName);

  float priority = 1;
  VkDeviceQueueCreateInfo queue = {VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO};
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  const char *extension = "VK_KHR_pipeline_executable_properties";
  VkPhysicalDevicePipelineExecutablePropertiesFeaturesKHR executables = {
      VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PIPELINE_EXECUTABLE_PROPERTIES_FEATURES_KHR, NULL, VK_TRUE};
  VkPhysicalDeviceVulkan13Features features = {VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES, &executables};
  features.dynamicRendering = VK_TRUE;
  VkDeviceCreateInfo info = {VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO, &features};
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  info.enabledExtensionCount = 1;
  info.ppEnabledExtensionNames = &extension;
  VkDevice device;
  CHECK(vkCreateDevice(physical, &info, NULL, &device));
  get_executables = (void *)vkGetDeviceProcAddr(device, "vkGetPipelineExecutablePropertiesKHR");
  get_statistics = (void *)vkGetDeviceProcAddr(device, "vkGetPipelineExecutableStatisticsKHR");
  get_texts = (void *)vkGetDeviceProcAddr(device, "vkGetPipelineExecutableInternalRepresentationsKHR");
  return device;
}

static VkPipelineLayout make_layout(VkDevice device, const char *bindings) {
  VkDescriptorSetLayoutBinding descriptors[MOST_BINDINGS] = {0};
  uint32_t count = strlen(bindings);
  for (uint32_t index = 0; index < count; index += 1) {
    descriptors[index].binding = index;
    descriptors[index].descriptorCount = 1;
    descriptors[index].stageFlags = VK_SHADER_STAGE_FRAGMENT_BIT;
    descriptors[index].descriptorType =
        bindings[index] == 's' ? VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER : VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER;
  }
  VkDescriptorSetLayoutCreateInfo set_info = {VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO};
  set_info.bindingCount = count;
  set_info.pBindings = descriptors;
  VkDescriptorSetLayout set;
  CHECK(vkCreateDescriptorSetLayout(device, &set_info, NULL, &set));
  VkPipelineLayoutCreateInfo info = {VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  info.setLayoutCount = 1;
  info.pSetLayouts = &set;
  VkPipelineLayout layout;
  CHECK(vkCreatePipelineLayout(device, &info, NULL, &layout));
  return layout;
}

static VkPipeline compile(VkDevice device, VkPipelineLayout layout, VkShaderModule vertex, VkShaderModule fragment,
                          int targets) {
  VkPipelineShaderStageCreateInfo stages[2] = {{VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO},
                                               {VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO}};
  stages[0].stage = VK_SHADER_STAGE_VERTEX_BIT;
  stages[0].module = vertex;
  stages[0].pName = "main";
  stages[1].stage = VK_SHADER_STAGE_FRAGMENT_BIT;
  stages[1].module = fragment;
  stages[1].pName = "main";
  VkPipelineVertexInputStateCreateInfo input = {VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO};
  VkPipelineInputAssemblyStateCreateInfo assembly = {VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO};
  assembly.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
  VkViewport viewport = {0, 0, 256, 256, 0, 1};
  VkRect2D scissor = {{0, 0}, {256, 256}};
  VkPipelineViewportStateCreateInfo view = {VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO};
  view.viewportCount = 1;
  view.pViewports = &viewport;
  view.scissorCount = 1;
  view.pScissors = &scissor;
  VkPipelineRasterizationStateCreateInfo rasterization = {VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO};
  rasterization.lineWidth = 1;
  VkPipelineMultisampleStateCreateInfo samples = {VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO};
  samples.rasterizationSamples = VK_SAMPLE_COUNT_1_BIT;
  VkPipelineColorBlendAttachmentState attachments[MOST_TARGETS] = {0};
  VkFormat formats[MOST_TARGETS];
  for (int index = 0; index < targets; index += 1) {
    attachments[index].colorWriteMask = 15;
    formats[index] = VK_FORMAT_R32G32B32A32_SFLOAT;
  }
  VkPipelineColorBlendStateCreateInfo blend = {VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO};
  blend.attachmentCount = targets;
  blend.pAttachments = attachments;
  VkPipelineRenderingCreateInfo rendering = {VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO};
  rendering.colorAttachmentCount = targets;
  rendering.pColorAttachmentFormats = formats;
  VkGraphicsPipelineCreateInfo info = {VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO, &rendering};
  info.flags = VK_PIPELINE_CREATE_CAPTURE_STATISTICS_BIT_KHR | VK_PIPELINE_CREATE_CAPTURE_INTERNAL_REPRESENTATIONS_BIT_KHR;
  info.stageCount = 2;
  info.pStages = stages;
  info.pVertexInputState = &input;
  info.pInputAssemblyState = &assembly;
  info.pViewportState = &view;
  info.pRasterizationState = &rasterization;
  info.pMultisampleState = &samples;
  info.pColorBlendState = &blend;
  info.layout = layout;
  VkPipeline pipeline;
  CHECK(vkCreateGraphicsPipelines(device, VK_NULL_HANDLE, 1, &info, NULL, &pipeline));
  return pipeline;
}

static void print_value(VkPipelineExecutableStatisticKHR *statistic) {
  if (statistic->format == VK_PIPELINE_EXECUTABLE_STATISTIC_FORMAT_FLOAT64_KHR) {
    printf("@statistic %s=%g\n", statistic->name, statistic->value.f64);
  } else {
    printf("@statistic %s=%llu\n", statistic->name, (unsigned long long)statistic->value.u64);
  }
}

/** The driver's last text is the one that the GPU runs. */
static void print_executable(VkDevice device, VkPipelineExecutableInfoKHR *which) {
  VkPipelineExecutableStatisticKHR statistics[MOST_STATISTICS];
  memset(statistics, 0, sizeof statistics);
  for (int index = 0; index < MOST_STATISTICS; index += 1) {
    statistics[index].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_STATISTIC_KHR;
  }
  uint32_t count = MOST_STATISTICS;
  get_statistics(device, which, &count, statistics);
  for (uint32_t index = 0; index < count; index += 1) print_value(&statistics[index]);

  VkPipelineExecutableInternalRepresentationKHR texts[MOST_TEXTS];
  memset(texts, 0, sizeof texts);
  for (int index = 0; index < MOST_TEXTS; index += 1) {
    texts[index].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_INTERNAL_REPRESENTATION_KHR;
  }
  count = MOST_TEXTS;
  get_texts(device, which, &count, texts);
  for (uint32_t index = 0; index < count; index += 1) texts[index].pData = calloc(1, texts[index].dataSize + 1);
  get_texts(device, which, &count, texts);
  if (count > 0) printf("@assembly\n%s\n", (char *)texts[count - 1].pData);
  for (uint32_t index = 0; index < count; index += 1) free(texts[index].pData);
}

int main(int count, char **words) {
  if (count < 5 || (count - 2) % 3 != 0) {
    fprintf(stderr, "usage: pipeline-statistics VERTEX.spv (TARGETS BINDINGS FRAGMENT.spv)...\n");
    return 2;
  }
  VkDevice device = open_device();
  VkShaderModule vertex = read_module(device, words[1]);
  for (int word = 2; word < count; word += 3) {
    VkPipelineLayout layout = make_layout(device, words[word + 1]);
    VkShaderModule fragment = read_module(device, words[word + 2]);
    double start = processor_seconds();
    VkPipeline pipeline = compile(device, layout, vertex, fragment, atoi(words[word]));
    printf("@time %.3f\n", processor_seconds() - start);

    VkPipelineInfoKHR of = {VK_STRUCTURE_TYPE_PIPELINE_INFO_KHR};
    of.pipeline = pipeline;
    VkPipelineExecutablePropertiesKHR executables[MOST_EXECUTABLES];
    memset(executables, 0, sizeof executables);
    for (int index = 0; index < MOST_EXECUTABLES; index += 1) {
      executables[index].sType = VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_PROPERTIES_KHR;
    }
    uint32_t found = MOST_EXECUTABLES;
    get_executables(device, &of, &found, executables);
    for (uint32_t index = 0; index < found; index += 1) {
      if (!(executables[index].stages & VK_SHADER_STAGE_FRAGMENT_BIT)) continue;
      VkPipelineExecutableInfoKHR which = {VK_STRUCTURE_TYPE_PIPELINE_EXECUTABLE_INFO_KHR};
      which.pipeline = pipeline;
      which.executableIndex = index;
      print_executable(device, &which);
    }
    fflush(stdout);
  }
  return 0;
}
