name = "tab	here" + （1 + 2）	# 注释
