/** GB/T 6441-1986, offered while choosing; what is typed in may be of a newer edition (domain.md §3.3: a versioned code list). */
export const ACCIDENT_TYPES: readonly string[] =
  '物体打击 车辆伤害 机械伤害 起重伤害 触电 淹溺 灼烫 火灾 高处坠落 坍塌 冒顶片帮 透水 放炮 火药爆炸 瓦斯爆炸 锅炉爆炸 容器爆炸 其他爆炸 中毒和窒息 其他伤害'.split(
    ' ',
  )
