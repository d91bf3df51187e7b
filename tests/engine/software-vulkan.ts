/**
 * @file Finds a Vulkan driver for the WebGPU provider. Where VK_ICD_FILENAMES does not name one, the software driver
 * that Debian ships with Chromium is used. Call it before anything loads ONNX Runtime.
 */

import { existsSync } from 'node:fs'

const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']

/** Why WebGPU cannot be tested here; undefined when it can. A driver that is there and fails is a failure. */
export function whyNoWebGpu(): string | undefined {
  if (process.env['LAB_TEST_WEBGPU'] === '1') return undefined
  if (process.platform !== 'linux') return "set LAB_TEST_WEBGPU=1 to test on this machine's graphics card"
  if (process.arch !== 'x64') return 'onnxruntime-node has no WebGPU for this processor'
  if (!LIBRARY_FOLDERS.some((folder) => existsSync(`${folder}/libvulkan.so.1`))) {
    return 'no Vulkan loader: install libvulkan1'
  }
  const named = process.env['VK_ICD_FILENAMES']
  if (named) return existsSync(named) ? undefined : `VK_ICD_FILENAMES names ${named}, which is not there`
  if (!existsSync(SOFTWARE_DRIVER)) return 'no Vulkan driver: set VK_ICD_FILENAMES, or install the chromium package'
  process.env['VK_ICD_FILENAMES'] = SOFTWARE_DRIVER
  return undefined
}
